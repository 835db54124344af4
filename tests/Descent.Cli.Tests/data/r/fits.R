# Fits of R 4.2.2 and its recommended packages MASS and survival, which FamilyFitTests holds Descent to.
#   cd tests/Descent.Cli.Tests/data/r && Rscript fits.R
# writes the data as CSV and every number of every fit to fits.csv: fit, quantity, name, value. A fit's first line is the command.
suppressPackageStartupMessages({library(MASS); library(survival)})
options(contrasts = c("contr.treatment", "contr.treatment"), digits = 15, warn = -1)
tight <- list(epsilon = 1e-15, maxit = 100)
lines <- c("fit,quantity,name,value")
put <- function(fit, quantity, name, value)
  lines <<- c(lines, sprintf("%s,%s,%s,%s", fit, quantity, name, ifelse(is.numeric(value), sprintf("%.12g", value), value)))
table <- function(name, data) write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
command <- function(fit, words) put(fit, "command", "", words)
coefficients <- function(fit, names, estimates, errors) for (k in seq_along(names)) {
  put(fit, "estimate", names[k], estimates[k])
  put(fit, "error", names[k], errors[k])
}
# A glm: names are those of R with the level after '='; deviances, likelihood and AIC are R's own.
generalised <- function(fit, words, m, names, likelihood = TRUE) {
  command(fit, words)
  s <- coef(summary(m))
  coefficients(fit, names, s[, 1], s[, 2])
  put(fit, "deviance", "", deviance(m))
  # Without an intercept R's is at the margin 0, which the inverse link does not have.
  if (is.finite(m$null.deviance)) put(fit, "null", "", m$null.deviance)
  put(fit, "degrees", "", m$df.residual)
  if (likelihood) {
    put(fit, "loglik", "", as.numeric(logLik(m)))
    put(fit, "aic", "", AIC(m))
  }
}

# Offsets.
insurance <- data.frame(district = paste0("d", Insurance$District), group = c("a", "b", "c", "d")[as.integer(Insurance$Group)],
  age = c("a", "b", "c", "d")[as.integer(Insurance$Age)], holders = Insurance$Holders, claims = Insurance$Claims)
insurance$log <- round(log(insurance$holders), 3)
insurance$many <- ifelse(insurance$claims > 40, "y", "n")
table("insurance", insurance)
generalised("exposure", "insurance.csv --model poisson --target claims --features district,group,age --exposure holders",
  glm(claims ~ district + group + age + offset(log(holders)), poisson, insurance, control = tight),
  c("(Intercept)", "district=d2", "district=d3", "district=d4", "group=b", "group=c", "group=d", "age=b", "age=c", "age=d"))
generalised("offset", "insurance.csv --model poisson --target claims --features group,age --offset log",
  glm(claims ~ group + age + offset(log), poisson, insurance, control = tight),
  c("(Intercept)", "group=b", "group=c", "group=d", "age=b", "age=c", "age=d"))
generalised("logistic-offset", "insurance.csv --model logistic --target many --features district --exposure holders",
  glm(I(many == "y") ~ district + offset(log(holders)), binomial, insurance, control = tight),
  c("(Intercept)", "district=d2", "district=d3", "district=d4"))
generalised("linear-offset", "insurance.csv --model linear --target claims --features district --offset log --exposure holders",
  glm(claims ~ district + offset(log + log(holders)), gaussian, insurance, control = tight),
  c("(Intercept)", "district=d2", "district=d3", "district=d4"), FALSE)
epil$lbase <- round(epil$lbase, 6); epil$lage <- round(epil$lage, 6)
epilepsy <- data.frame(y = epil$y, trt = epil$trt, lbase = epil$lbase, lage = epil$lage, V4 = epil$V4, subject = epil$subject,
  weeks = 2 + (epil$subject %% 3))
epilepsy$inter <- ifelse(epil$trt == "progabide", epil$lbase, 0)
table("epilepsy", epilepsy)
generalised("epilepsy", "epilepsy.csv --model poisson --target y --features trt,lbase,lage,V4,inter --exposure weeks",
  glm(y ~ trt + lbase + lage + V4 + inter + offset(log(weeks)), poisson, epilepsy, control = tight),
  c("(Intercept)", "trt=progabide", "lbase", "lage", "V4", "inter"))

# Successes among trials, and the other links.
menarche <- MASS::menarche
table("menarche", data.frame(age = menarche$Age, total = menarche$Total, reached = menarche$Menarche, not = menarche$Total - menarche$Menarche))
budworm <- data.frame(dose = rep(0:5, 2), sex = rep(c("m", "f"), each = 6), dead = c(1, 4, 9, 13, 18, 20, 0, 2, 6, 10, 12, 16), total = 20)
table("budworm", budworm)
births <- with(birthwt, data.frame(low, age, lwt, race = c("a", "b", "c")[race], smoke, ptl = pmin(ptl, 1), ht, ui))
table("births", births)
for (link in c("logit", "probit", "cloglog")) {
  name <- c(logit = "binomial", probit = "binomial-probit", cloglog = "binomial-cloglog")[link]
  generalised(paste0("menarche-", link), paste("menarche.csv --model", name, "--target reached --features age --trials total"),
    glm(cbind(Menarche, Total - Menarche) ~ Age, binomial(link), menarche, control = tight), c("(Intercept)", "age"))
  generalised(paste0("budworm-", link), paste("budworm.csv --model", name, "--target dead --features sex,dose --trials total"),
    glm(cbind(dead, total - dead) ~ sex + dose, binomial(link), budworm, control = tight), c("(Intercept)", "sex=m", "dose"))
  if (link != "logit") generalised(paste0("births-", link), paste("births.csv --model", link, "--target low --features age,lwt,race,smoke,ptl,ht,ui"),
    glm(low ~ age + lwt + race + smoke + ptl + ht + ui, binomial(link), births, control = tight),
    c("(Intercept)", "age", "lwt", "race=b", "race=c", "smoke", "ptl", "ht", "ui"))
}
generalised("menarche-failures", "menarche.csv --model probit --target reached --features age --failures not",
  glm(cbind(Menarche, Total - Menarche) ~ Age, binomial("probit"), menarche, control = tight), c("(Intercept)", "age"))
generalised("menarche-quasi", "menarche.csv --model binomial --target reached --features age --trials total --dispersion estimated",
  glm(cbind(Menarche, Total - Menarche) ~ Age, quasibinomial, menarche, control = tight), c("(Intercept)", "age"), FALSE)

# Positive numbers and amounts.
clotting <- data.frame(u = rep(c(5, 10, 15, 20, 30, 40, 60, 80, 100), 2), lot = rep(c("a", "b"), each = 9),
  time = c(118, 58, 42, 35, 27, 25, 21, 19, 18, 69, 35, 26, 21, 18, 16, 13, 12, 12))
clotting$log <- round(log(clotting$u), 6)
table("clotting", clotting)
generalised("gamma", "clotting.csv --model gamma --target time --features log,lot",
  glm(time ~ log + lot, Gamma("log"), clotting, control = tight), c("(Intercept)", "log", "lot=b"))
air <- na.omit(airquality)[, 1:4]
names(air) <- c("ozone", "solar", "wind", "temp")
air$weight <- rep(1:3, 37)
table("air", air)
generalised("gamma-air", "air.csv --model gamma --target ozone --features solar,wind,temp",
  glm(ozone ~ solar + wind + temp, Gamma("log"), air, control = tight), c("(Intercept)", "solar", "wind", "temp"))
generalised("gamma-weighted", "air.csv --model gamma --target ozone --features solar,wind,temp --weight-col weight",
  glm(ozone ~ solar + wind + temp, Gamma("log"), air, weights = weight, control = tight), c("(Intercept)", "solar", "wind", "temp"))
# The inverse link, which is R's default for the family; the means of the start are those of the targets, as R's own.
generalised("gamma-inverse", "clotting.csv --model gamma --link inverse --target time --features log,lot",
  glm(time ~ log + lot, Gamma, clotting, control = tight), c("(Intercept)", "log", "lot=b"))
generalised("gamma-inverse-air", "air.csv --model gamma-inverse --target ozone --features solar,wind,temp",
  glm(ozone ~ solar + wind + temp, Gamma, air, control = tight), c("(Intercept)", "solar", "wind", "temp"))
generalised("gamma-inverse-weighted", "air.csv --model gamma-inverse --target ozone --features solar,wind,temp --weight-col weight",
  glm(ozone ~ solar + wind + temp, Gamma, air, weights = weight, control = tight), c("(Intercept)", "solar", "wind", "temp"))
generalised("gamma-inverse-through-0", "air.csv --model gamma-inverse --target ozone --features solar,wind,temp --no-intercept",
  glm(ozone ~ solar + wind + temp - 1, Gamma, air, start = c(1e-5, 2e-3, 1e-5), control = tight), c("solar", "wind", "temp"))
shifted <- transform(air, moved = round(wind / 1000, 4))
table("ozone", shifted[, c("ozone", "solar", "temp", "moved")])
generalised("gamma-inverse-offset", "ozone.csv --model gamma-inverse --target ozone --features solar,temp --offset moved",
  glm(ozone ~ solar + temp + offset(moved), Gamma, shifted, control = tight), c("(Intercept)", "solar", "temp"))
generalised("inverse-gaussian", "clotting.csv --model inverse-gaussian --target time --features log,lot",
  glm(time ~ log + lot, inverse.gaussian("log"), clotting, control = tight), c("(Intercept)", "log", "lot=b"))

# Counts that vary more.
quine <- data.frame(eth = quine$Eth, sex = quine$Sex, age = quine$Age, lrn = quine$Lrn, days = quine$Days)
table("quine", quine)
nb <- glm.nb(days ~ eth + sex + age + lrn, quine, control = glm.control(epsilon = 1e-14, maxit = 200))
for (k in 1:20) {
  theta <- theta.ml(quine$days, fitted(nb), limit = 200, eps = 1e-14)
  nb <- glm(days ~ eth + sex + age + lrn, negative.binomial(c(theta)), quine, control = tight)
}
negative <- function(fit, words, m, names, extra, size) {
  command(fit, words)
  s <- coef(summary(m, dispersion = 1))
  coefficients(fit, names, s[, 1], s[, 2])
  put(fit, "deviance", "", deviance(m))
  put(fit, "null", "", m$null.deviance)
  put(fit, "degrees", "", m$df.residual)
  l <- sum(dnbinom(m$y, size, mu = fitted(m), log = TRUE))
  put(fit, "loglik", "", l)
  put(fit, "aic", "", 2 * (length(coef(m)) + extra) - 2 * l)
}
quines <- c("(Intercept)", "eth=N", "sex=M", "age=F1", "age=F2", "age=F3", "lrn=SL")
negative("negative-binomial", "quine.csv --model negative-binomial --target days --features eth,sex,age,lrn", nb, quines, 1, c(theta))
negative("negative-binomial-given", "quine.csv --model negative-binomial --target days --features eth,sex,age,lrn --alpha 0.5",
  glm(days ~ eth + sex + age + lrn, negative.binomial(2), quine, control = tight), quines, 0, 2)

# Weights of three meanings: prior weights, rows repeated, sampling weights (errors by the sandwich of the weighted scores).
air$claims <- round(air$ozone / 10)
table("air", air)
names4 <- c("(Intercept)", "solar", "wind", "temp")
repeated <- air[rep(seq_len(nrow(air)), air$weight), ]
gaussian1 <- function(fit, words, m) {
  command(fit, words)
  coefficients(fit, names4, coef(summary(m))[, 1], coef(summary(m))[, 2])
  put(fit, "loglik", "", as.numeric(logLik(m)))
  put(fit, "sigma", "", summary(m)$sigma)
  put(fit, "degrees", "", m$df.residual)
}
gaussian1("linear-variance", "air.csv --target ozone --features solar,wind,temp --weight-col weight --weights-are variance",
  lm(ozone ~ solar + wind + temp, air, weights = weight))
gaussian1("linear-frequency", "air.csv --target ozone --features solar,wind,temp --weight-col weight --weights-are frequency",
  lm(ozone ~ solar + wind + temp, repeated))
generalised("poisson-frequency", "air.csv --model poisson --target claims --features solar,wind,temp --weight-col weight --weights-are frequency",
  glm(claims ~ solar + wind + temp, poisson, repeated, control = tight), names4)
generalised("poisson-variance", "air.csv --model poisson --target claims --features solar,wind,temp --weight-col weight",
  glm(claims ~ solar + wind + temp, poisson, air, weights = weight, control = tight), names4)
generalised("gamma-frequency", "air.csv --model gamma --target ozone --features solar,wind,temp --weight-col weight --weights-are frequency",
  glm(ozone ~ solar + wind + temp, Gamma("log"), repeated, control = tight), names4)
sandwich <- function(m, data, weight, factor) {
  x <- model.matrix(m); mu <- fitted(m)
  b <- solve(crossprod(x * (weight * mu), x))
  factor * b %*% crossprod(x * (weight * (data$claims - mu))) %*% b
}
m <- glm(claims ~ solar + wind + temp, poisson, air, weights = weight, control = tight)
command("poisson-importance", paste("air.csv --model poisson --target claims --features solar,wind,temp --weight-col weight",
  "--weights-are importance --robust hc0"))
coefficients("poisson-importance", names4, coef(m), sqrt(diag(sandwich(m, air, air$weight, 1))))
r <- glm(claims ~ solar + wind + temp, poisson, repeated, control = tight)
command("poisson-frequency-robust", paste("air.csv --model poisson --target claims --features solar,wind,temp --weight-col weight",
  "--weights-are frequency --robust hc1"))
coefficients("poisson-frequency-robust", names4, coef(r), sqrt(diag(sandwich(r, repeated, 1, nrow(repeated) / (nrow(repeated) - 4)))))

# Proportional hazards, ties by Efron and by Breslow.
lung <- with(na.omit(survival::lung[, c("time", "status", "age", "sex", "ph.ecog")]),
  data.frame(time, dead = status - 1, age, sex, ecog = ph.ecog))
lung$weight <- rep(c(1, 2), length.out = nrow(lung))
lung$moved <- round(lung$age / 100, 3)
table("lung", lung)
veteran <- with(survival::veteran, data.frame(time, status, trt, celltype, karno, age))
table("veteran", veteran)
hazards <- function(fit, words, m, names) {
  command(fit, words)
  coefficients(fit, names, coef(m), sqrt(diag(vcov(m))))
  put(fit, "loglik", "", m$loglik[2])
  put(fit, "nullloglik", "", m$loglik[1])
  put(fit, "aic", "", AIC(m))
}
exact <- coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 100)
for (ties in c("efron", "breslow")) {
  model <- c(efron = "cox", breslow = "cox-breslow")[ties]
  hazards(paste0("lung-", ties), paste("lung.csv --model", model, "--target time --event dead --features age,sex,ecog"),
    coxph(Surv(time, dead) ~ age + sex + ecog, lung, ties = ties, control = exact), c("age", "sex", "ecog"))
  hazards(paste0("veteran-", ties), paste("veteran.csv --model", model, "--target time --event status --features trt,celltype,karno,age"),
    coxph(Surv(time, status) ~ trt + celltype + karno + age, transform(veteran, celltype = factor(as.character(celltype))), ties = ties,
      control = exact), c("trt", "celltype=large", "celltype=smallcell", "celltype=squamous", "karno", "age"))
  hazards(paste0("lung-offset-", ties), paste("lung.csv --model", model, "--target time --event dead --features sex,ecog --offset moved"),
    coxph(Surv(time, dead) ~ sex + ecog + offset(moved), lung, ties = ties, control = exact), c("sex", "ecog"))
}
hazards("lung-weighted", "lung.csv --model cox-breslow --target time --event dead --features age,sex,ecog --weight-col weight",
  coxph(Surv(time, dead) ~ age + sex + ecog, lung, weights = weight, ties = "breslow", robust = FALSE, control = exact), c("age", "sex", "ecog"))

# Tests of terms: Wald by the covariance, drop1, generalised variance-inflation factors (Fox and Monette 1992), condition number.
terms <- function(fit, words, m, columns, test, dispersion) {
  command(fit, paste(words, "--anova"))
  v <- vcov(m); b <- coef(m)
  inner <- setdiff(names(b), "(Intercept)")
  r <- cov2cor(v[inner, inner]); info <- cov2cor(solve(v[inner, inner]))
  values <- eigen(info, symmetric = TRUE)$values
  put(fit, "condition", "", sqrt(max(values) / min(values)))
  dropped <- if (inherits(m, "coxph")) NULL else drop1(m, test = test)
  for (column in names(columns)) {
    own <- columns[[column]]; rest <- setdiff(inner, own)
    wald <- drop(b[own] %*% solve(v[own, own]) %*% b[own])
    if (dispersion) wald <- wald / length(own)
    put(fit, "wald", column, wald)
    put(fit, "waldP", column, if (dispersion) pf(wald, length(own), m$df.residual, lower = FALSE) else pchisq(wald, length(own), lower = FALSE))
    put(fit, "vif", column, det(r[own, own, drop = FALSE]) * det(r[rest, rest, drop = FALSE]) / det(r))
    if (is.null(dropped)) next
    put(fit, "ratio", column, dropped[column, if (test == "F") "F value" else "LRT"])
    put(fit, "ratioP", column, dropped[column, if (test == "F") "Pr(>F)" else "Pr(>Chi)"])
  }
}
m <- glm(claims ~ district + group + age + offset(log(holders)), poisson, insurance, control = tight)
terms("terms-poisson", "insurance.csv --model poisson --target claims --features district,group,age --exposure holders", m,
  list(district = paste0("districtd", 2:4), group = paste0("group", c("b", "c", "d")), age = paste0("age", c("b", "c", "d"))), "Chisq", FALSE)
terms("terms-linear", "air.csv --model linear --target ozone --features solar,wind,temp", lm(ozone ~ solar + wind + temp, air),
  list(solar = "solar", wind = "wind", temp = "temp"), "F", TRUE)
terms("terms-gamma", "clotting.csv --model gamma --target time --features log,lot",
  glm(time ~ log + lot, Gamma("log"), clotting, control = tight), list(log = "log", lot = "lotb"), "F", TRUE)
terms("terms-cox", "veteran.csv --model cox --target time --event status --features trt,celltype,karno,age",
  coxph(Surv(time, status) ~ trt + celltype + karno + age, transform(veteran, celltype = factor(as.character(celltype))), control = exact),
  list(trt = "trt", celltype = paste0("celltype", c("large", "smallcell", "squamous")), karno = "karno", age = "age"), "Chisq", FALSE)

writeLines(lines, "fits.csv")
