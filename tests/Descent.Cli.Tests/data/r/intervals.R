# Intervals of predictions of R 4.2.2, which IntervalTests holds Descent to.
#   cd tests/Descent.Cli.Tests/data/r && Rscript intervals.R
# writes intervals.csv: case, fit (its command), level, of, row, prediction, low, high; rows are those of the data, from 1. Linear models by
# predict(..., interval =), the others by predict(type = "link", se.fit = TRUE), with qt where a dispersion was estimated, else qnorm; robust
# ones by hand.
options(contrasts = c("contr.treatment", "contr.treatment"), warn = -1)
tight <- list(epsilon = 1e-15, maxit = 100)
lines <- "case,fit,level,of,row,prediction,low,high"
put <- function(case, fit, level, of, rows, f)
  for (i in rows) lines <<- c(lines, sprintf("%s,%s,%g,%s,%d,%.12g,%.12g,%.12g", case, gsub(",", ";", fit), level, of, i, f[i, 1], f[i, 2], f[i, 3]))
linear <- function(case, fit, m, data, rows) for (level in c(0.95, 0.5, 0.999)) {
  put(case, fit, level, "mean", rows, predict(m, data, interval = "confidence", level = level))
  put(case, fit, level, "observation", rows, predict(m, data, interval = "prediction", level = level))
}
generalised <- function(case, fit, m, rows, estimated = FALSE) {
  p <- predict(m, type = "link", se.fit = TRUE)
  q <- if (estimated) qt(0.975, m$df.residual) else qnorm(0.975)
  inverse <- family(m)$linkinv
  put(case, fit, 0.95, "mean", rows, cbind(inverse(p$fit), inverse(p$fit - q * p$se.fit), inverse(p$fit + q * p$se.fit)))
}
cars <- read.csv("../mtcars.csv"); air <- read.csv("air.csv"); births <- read.csv("births.csv"); menarche <- read.csv("menarche.csv")
clotting <- read.csv("clotting.csv"); insurance <- read.csv("insurance.csv"); quine <- read.csv("quine.csv")
linear("cars", "../mtcars.csv --target mpg --features wt,hp", lm(mpg ~ wt + hp, cars), cars, c(1, 9, 15, 31))
linear("weighted", "../mtcars.csv --target mpg --features wt,hp --weight-col qsec", lm(mpg ~ wt + hp, cars, weights = qsec), cars, c(2, 20))
linear("bare", "../mtcars.csv --target mpg --features wt,hp --no-intercept", lm(mpg ~ wt + hp - 1, cars), cars, c(2, 20))
air$far <- air$temp + 1e7
write.csv(air[, c("ozone", "wind", "far")], "far.csv", row.names = FALSE, quote = FALSE)
linear("far", "far.csv --target ozone --features wind,far", lm(ozone ~ wind + temp, air), air, c(1, 50, 111))
linear("formula", "air.csv --formula ozone~poly(temp,2)+log(wind)", lm(ozone ~ poly(temp, 2) + log(wind), air), air, c(1, 50, 111))
linear("offset", "air.csv --target ozone --features wind --offset temp", lm(ozone ~ wind + offset(temp), air), air, c(1, 50))
m <- lm(mpg ~ wt + hp, cars); X <- model.matrix(m); B <- solve(crossprod(X)); u <- resid(m); h <- hatvalues(m)
robust <- function(case, fit, V, q) {
  s <- sqrt(rowSums((X %*% V) * X))
  put(case, fit, 0.95, "mean", c(1, 9, 31), cbind(fitted(m), fitted(m) - q * s, fitted(m) + q * s))
}
robust("hc3", "../mtcars.csv --target mpg --features wt,hp --robust hc3", B %*% crossprod(X * u / (1 - h)) %*% B, qt(0.975, 29))
robust("cluster", "../mtcars.csv --target mpg --features wt,hp --cluster carb",
  B %*% crossprod(rowsum(X * u, cars$carb)) %*% B * 6 / 5 * 31 / 29, qt(0.975, 5))
generalised("logistic", "births.csv --model logistic --target low --features age,lwt,race,smoke,ptl,ht,ui",
  glm(low ~ age + lwt + race + smoke + ptl + ht + ui, binomial, births, control = tight), c(1, 100, 189))
generalised("cloglog", "births.csv --model cloglog --target low --features age,lwt,race,smoke,ptl,ht,ui",
  glm(low ~ age + lwt + race + smoke + ptl + ht + ui, binomial("cloglog"), births, control = tight), c(1, 100, 189))
generalised("trials", "menarche.csv --model binomial-probit --target reached --features age --trials total",
  glm(cbind(reached, not) ~ age, binomial("probit"), menarche, control = tight), c(1, 12, 25))
generalised("poisson", "insurance.csv --model poisson --target claims --features group,age --exposure holders",
  glm(claims ~ group + age + offset(log(holders)), poisson, insurance, control = tight), c(1, 30, 64))
generalised("quasi", "insurance.csv --model poisson --target claims --features group,age --exposure holders --dispersion estimated",
  glm(claims ~ group + age + offset(log(holders)), quasipoisson, insurance, control = tight), c(1, 30, 64), TRUE)
generalised("gamma", "clotting.csv --model gamma --target time --features log,lot",
  glm(time ~ log + lot, Gamma("log"), clotting, control = tight), c(1, 9, 18), TRUE)
suppressPackageStartupMessages(library(MASS))
nb <- glm.nb(days ~ sex + age, quine, control = glm.control(epsilon = 1e-15, maxit = 200))
generalised("negbin", "quine.csv --model negative-binomial --target days --features sex,age", nb, c(1, 70, 146))
writeLines(lines, "intervals.csv")
