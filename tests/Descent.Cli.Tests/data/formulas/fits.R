# Fits of R 4.2.2 (lm, glm, splines, MASS), which FormulaFitTests holds Descent to.
#   cd tests/Descent.Cli.Tests/data/formulas && Rscript fits.R
# writes the data as CSV and every number of every fit to fits.csv: fit, quantity, name, value. Names are R's, but for levels, which
# stand behind '='. Predictions are those of predict() for the rows of FILE-new.csv, on the scale of the response.
suppressPackageStartupMessages({library(MASS); library(splines)})
options(contrasts = c("contr.treatment", "contr.poly"), digits = 15)
tight <- list(epsilon = 1e-15, maxit = 100)
lines <- c("fit,quantity,name,value")
put <- function(fit, quantity, name, value)
  lines <<- c(lines, sprintf("%s,%s,%s,%s", fit, quantity, name, ifelse(is.numeric(value), sprintf("%.12g", value), value)))
write <- function(name, data) write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
# cutGood -> cut=Good, in every part of an interaction.
renamed <- function(names, levels) vapply(strsplit(names, ":(?![^(]*\\))", perl = TRUE), function(parts)
  paste(vapply(parts, function(p) {
    for (f in names(levels)) if (startsWith(p, f) && substring(p, nchar(f) + 1) %in% levels[[f]])
      return(paste0(f, "=", substring(p, nchar(f) + 1)))
    p
  }, ""), collapse = ":"), "")
fit <- function(name, file, options, formula, m, new = NULL) {
  put(name, "data", "", file)
  put(name, "options", "", options)
  put(name, "formula", "", formula)
  s <- coef(summary(m))
  names <- renamed(rownames(s), m$xlevels)
  for (k in seq_along(names)) {
    put(name, "estimate", paste0('"', names[k], '"'), s[k, 1])
    put(name, "error", paste0('"', names[k], '"'), s[k, 2])
  }
  if (!is.null(new)) {
    p <- suppressWarnings(predict(m, new, type = "response"))
    for (k in seq_along(p)) put(name, "prediction", k, p[[k]])
  }
}

# Prices of stones, made up: log price on log carat by cut and colour.
set.seed(17)
n <- 300
stones <- data.frame(carat = round(exp(rnorm(n, -0.4, 0.5)), 2), cut = sample(c("Fair", "Good", "Ideal", "Premium"), n, TRUE),
  colour = sample(c("D", "E", "F"), n, TRUE), depth = round(rnorm(n, 61.7, 1.4), 1), table = round(rnorm(n, 57.4, 2.2)))
stones$price <- round(exp(8.4 + 1.7 * log(stones$carat) + c(Fair = -0.2, Good = -0.1, Ideal = 0.1, Premium = 0)[stones$cut] +
  0.004 * (stones$depth - 60) * (stones$table - 57) + rnorm(n, 0, 0.2)))
write("stones", stones)
new <- stones[c(3, 77, 150), ]
new$carat <- c(0.2, 1.1, 3.5); new$depth <- c(58, 61, 66)
write("stones-new", new)
ideal <- transform(stones, cut = relevel(factor(cut), "Ideal"))
fit("log-log", "stones", "", "log(price) ~ log(carat) + table + C(cut, ref=Ideal) + depth:table",
  lm(log(price) ~ log(carat) + table + cut + depth:table, ideal), new)
fit("everything", "stones", "", "log(price) ~ log(carat) + table + cut + depth:table + poly(depth, 2) + I(carat*depth) - 1",
  lm(log(price) ~ log(carat) + table + cut + depth:table + poly(depth, 2) + I(carat * depth) - 1, stones))
fit("factor-factor", "stones", "", "log(price) ~ cut * colour", lm(log(price) ~ cut * colour, stones), new)
fit("factor-number", "stones", "", "log(price) ~ cut + cut:log(carat)", lm(log(price) ~ cut + cut:log(carat), stones), new)
fit("no-constant", "stones", "", "log(price) ~ cut + colour - 1", lm(log(price) ~ cut + colour - 1, stones))
fit("cells", "stones", "", "log(price) ~ 0 + cut:colour", lm(log(price) ~ 0 + cut:colour, stones))
fit("nested", "stones", "", "log(price) ~ cut / log(carat)", lm(log(price) ~ cut / log(carat), stones))
fit("margin-absent", "stones", "", "log(price) ~ colour + cut:colour", lm(log(price) ~ colour + cut:colour, stones))
fit("third-order", "stones", "", "log(price) ~ (cut + colour + log(carat))^3 - cut:colour:log(carat)",
  lm(log(price) ~ (cut + colour + log(carat))^3 - cut:colour:log(carat), stones))
fit("splines-b", "stones", "", "log(price) ~ bs(log(carat), df=5) + colour", lm(log(price) ~ bs(log(carat), df = 5) + colour, stones), new)
fit("splines-b-knots", "stones", "", "log(price) ~ bs(carat, knots=c(0.5, 1), degree=2)",
  lm(log(price) ~ bs(carat, knots = c(0.5, 1), degree = 2), stones), new)
fit("splines-natural", "stones", "", "log(price) ~ ns(carat, df=4)", lm(log(price) ~ ns(carat, df = 4), stones), new)
fit("splines-natural-knots", "stones", "", "log(price) ~ cut + ns(carat, knots=c(0.4, 0.9), Boundary.knots=c(0.25, 1.8))",
  lm(log(price) ~ cut + ns(carat, knots = c(0.4, 0.9), Boundary.knots = c(0.25, 1.8)), stones), new)
fit("spline-by-factor", "stones", "", "log(price) ~ colour * ns(carat, df=2)", lm(log(price) ~ colour * ns(carat, df = 2), stones), new)
fit("polynomial", "stones", "", "log(price) ~ poly(carat, 3) + poly(depth, 2, raw=TRUE)",
  lm(log(price) ~ poly(carat, 3) + poly(depth, 2, raw = TRUE), stones), new)
fit("intervals", "stones", "", "log(price) ~ cut(carat, c(0, 0.5, 1, Inf)) + cut(depth, 4, right=FALSE)",
  lm(log(price) ~ cut(carat, c(0, 0.5, 1, Inf)) + cut(depth, 4, right = FALSE), stones))
fit("standardised", "stones", "", "log(price) ~ scale(log(carat)) * scale(depth) + I(scale(table)^2)",
  lm(log(price) ~ scale(log(carat)) * scale(depth) + I(scale(table)^2), stones))
fit("standardised-safely", "stones", "", "log(price) ~ scale(log(carat)) * scale(depth)",
  lm(log(price) ~ scale(log(carat)) * scale(depth), stones), new)
fit("dot", "stones", "", "log(price) ~ . - depth + log10(carat) + sqrt(carat)",
  lm(log(price) ~ . - depth + log10(carat) + sqrt(carat), stones))

# Ordered levels: contr.poly.
trial <- data.frame(dose = factor(sample(c("low", "mid", "high", "top"), 120, TRUE), c("low", "mid", "high", "top"), ordered = TRUE),
  sex = sample(c("f", "m"), 120, TRUE), age = sample(20:80, 120, TRUE))
trial$answer <- round(2 + as.integer(trial$dose)^1.3 + 0.02 * trial$age + (trial$sex == "m") * as.integer(trial$dose) / 3 + rnorm(120), 3)
write("trial", trial)
fit("ordered", "trial", "", "answer ~ C(dose, ordered=low<mid<high<top) * sex + age", lm(answer ~ dose * sex + age, trial))
fit("ordered-no-constant", "trial", "", "answer ~ C(dose, ordered=low<mid<high<top) - 1", lm(answer ~ dose - 1, trial))

# A logistic regression with logarithms, as of Finney's vasoconstriction.
vaso <- data.frame(volume = round(exp(rnorm(60, 0, 0.6)), 2), rate = round(exp(rnorm(60, 0.3, 0.5)), 2))
vaso$closed <- ifelse(runif(60) < plogis(-0.8 + 1.6 * log(vaso$volume) + 1.4 * log(vaso$rate)), "yes", "no")
write("vaso", vaso)
fit("logistic", "vaso", "", "closed = yes ~ log(volume) + log(rate)",
  glm(I(closed == "yes") ~ log(volume) + log(rate), binomial, vaso, control = tight), data.frame(volume = c(0.5, 2), rate = c(1, 3)))
write("vaso-new", data.frame(volume = c(0.5, 2), rate = c(1, 3)))

# Counts with an interaction and an exposure: Thall and Vail's seizures (MASS).
epilepsy <- data.frame(y = epil$y, trt = epil$trt, base = epil$base, age = epil$age, period = epil$period, weeks = 2 + epil$subject %% 3)
write("epilepsy", epilepsy)
fit("poisson", "epilepsy", "--model poisson", "y ~ log(base/4) * trt + log(age) + offset(log(weeks))",
  glm(y ~ log(base/4) * trt + log(age) + offset(log(weeks)), poisson, epilepsy, control = tight),
  data.frame(base = c(8, 40), trt = c("placebo", "progabide"), age = c(20, 40), period = 1, weeks = c(2, 3)))
write("epilepsy-new", data.frame(base = c(8, 40), trt = c("placebo", "progabide"), age = c(20, 40), period = 1, weeks = c(2, 3)))
warpbreaks <- transform(warpbreaks, wool = as.character(wool), tension = as.character(tension))
fit("poisson-factors", "warpbreaks", "--model poisson", "breaks ~ wool * tension",
  glm(breaks ~ wool * tension, poisson, warpbreaks, control = tight))
write("warpbreaks", warpbreaks)
fit("quasi", "warpbreaks", "--model poisson --dispersion estimated", "breaks ~ wool + C(tension, ref=M)",
  glm(breaks ~ wool + tension, quasipoisson, transform(warpbreaks, tension = relevel(factor(tension), "M")), control = tight))

# Growth of teeth: a number taken as levels, and as a number.
write("tooth", ToothGrowth)
fit("number-as-levels", "tooth", "", "len ~ supp * C(dose)", lm(len ~ supp * dose, transform(ToothGrowth, dose = factor(dose))))
fit("powers", "tooth", "", "len ~ supp * dose + I(dose^2)", lm(len ~ supp * dose + I(dose^2), ToothGrowth))
writeLines(lines, "fits.csv")
