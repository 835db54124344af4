# Profile-likelihood intervals by R 4.2.2, which ProfileTests holds Descent to.
#   cd tests/Descent.Cli.Tests/data/r && Rscript profiles.R
# writes profiles.csv: case, fit (its command), coefficient, low, high. An end is where the deviance of the fit with the coefficient held, an
# offset of glm or coxph, has risen by qchisq(0.95, 1) times the dispersion (uniroot, tol 1e-11); MASS's confint.glm, which interpolates
# between points of the same profile by a spline, is compared with it when this runs: the largest difference is printed, in parts of the width.
suppressPackageStartupMessages({library(MASS); library(survival)})
options(contrasts = c("contr.treatment", "contr.treatment"), warn = -1)
tight <- list(epsilon = 1e-14, maxit = 200)
lines <- "case,fit,coefficient,low,high"
put <- function(case, fit, name, low, high)
  lines <<- c(lines, sprintf("%s,%s,%s,%.12g,%.12g", case, gsub(",", ";", fit), name, low, high))
ends <- function(held, estimate, error, rise) {
  f <- function(t) held(t) - rise
  out <- function(side) { k <- 1; while (f(estimate + side * k * error) < 0) k <- k * 1.5; k }
  c(uniroot(f, estimate - c(out(-1), 0) * error, tol = 1e-11)$root, uniroot(f, estimate + c(0, out(1)) * error, tol = 1e-11)$root)
}
profiled <- function(case, fit, m, names, family, dispersion = 1) {
  X <- model.matrix(m); y <- m$model[[1]]; s <- coef(summary(m)); o <- m$offset; if (is.null(o)) o <- 0
  w <- m$prior.weights; if (is.matrix(y)) y <- y[, 1] / w
  known <- suppressMessages(confint(m)); worst <- 0
  for (k in seq_along(names)) {
    held <- function(t) glm.fit(X[, -k, drop = FALSE], y, w, family = family, offset = o + t * X[, k], control = tight,
      etastart = m$linear.predictors)$deviance - deviance(m)
    e <- ends(held, s[k, 1], s[k, 2], qchisq(0.95, 1) * dispersion)
    put(case, fit, names[k], e[1], e[2])
    worst <- max(worst, abs(e - known[k, ]) / (e[2] - e[1]))
  }
  cat(case, "confint differs by at most", signif(worst, 3), "of the width\n")
}
births <- read.csv("births.csv"); insurance <- read.csv("insurance.csv"); clotting <- read.csv("clotting.csv")
menarche <- read.csv("menarche.csv"); lung <- read.csv("lung.csv"); cars <- read.csv("../mtcars.csv")
profiled("logistic", "births.csv --model logistic --target low --features age,lwt,race,smoke,ptl,ht,ui",
  glm(low ~ age + lwt + race + smoke + ptl + ht + ui, binomial, births, control = tight),
  c("(Intercept)", "age", "lwt", "race=b", "race=c", "smoke", "ptl", "ht", "ui"), binomial())
profiled("cars", "../mtcars.csv --model logistic --target am --features hp,qsec", glm(am ~ hp + qsec, binomial, cars, control = tight),
  c("(Intercept)", "hp", "qsec"), binomial())
profiled("poisson", "insurance.csv --model poisson --target claims --features group,age --exposure holders",
  glm(claims ~ group + age + offset(log(holders)), poisson, insurance, control = tight),
  c("(Intercept)", "group=b", "group=c", "group=d", "age=b", "age=c", "age=d"), poisson())
g <- glm(time ~ log + lot, Gamma("log"), clotting, control = tight)
profiled("gamma", "clotting.csv --model gamma --target time --features log,lot", g, c("(Intercept)", "log", "lot=b"), Gamma("log"),
  summary(g)$dispersion)
profiled("trials", "menarche.csv --model binomial-probit --target reached --features age --trials total",
  glm(cbind(reached, not) ~ age, binomial("probit"), menarche, control = tight), c("(Intercept)", "age"), binomial("probit"))
l <- lm(mpg ~ wt + hp, cars); known <- confint(l)
for (k in 1:3) put("linear", "../mtcars.csv --target mpg --features wt,hp", c("(Intercept)", "wt", "hp")[k], known[k, 1], known[k, 2])
cox <- coxph(Surv(time, dead) ~ age + sex + ecog, lung, control = coxph.control(eps = 1e-14, iter.max = 100))
for (k in 1:3) {
  n <- c("age", "sex", "ecog")
  held <- function(t) -2 * (coxph(as.formula(paste("Surv(time, dead) ~", paste(n[-k], collapse = "+"), "+ offset(t *", n[k], ")")),
    cbind(lung, t = t), control = coxph.control(eps = 1e-14, iter.max = 100))$loglik[2] - cox$loglik[2])
  e <- ends(held, coef(cox)[k], sqrt(vcov(cox)[k, k]), qchisq(0.95, 1))
  put("cox", "lung.csv --model cox --target time --event dead --features age,sex,ecog", n[k], e[1], e[2])
}
# Complete separation of x, and a level without events: the finite ends by the same rule, the infimum of the deviance 0 and that of the rest.
x <- c(1, 2, 3, 4, 5, 6, 7, 8); y <- c(0, 0, 0, 0, 1, 1, 1, 1)
held <- function(t) optimize(function(b) { e <- b + t * x; 2 * sum(log1p(exp(-(2 * y - 1) * e))) }, c(-40 * abs(t) - 40, 40 * abs(t) + 40),
  tol = 1e-13)$objective - qchisq(0.95, 1)
cat(sprintf("separated slope from %.12g\n", uniroot(held, c(-1, 5), tol = 1e-12)$root))
held <- function(t) optimize(function(b) { e <- t + b * x; 2 * sum(log1p(exp(-(2 * y - 1) * e))) }, c(-5, 20), tol = 1e-13)$objective -
  qchisq(0.95, 1)
cat(sprintf("its intercept up to %.12g\n", uniroot(held, c(-20, 0), tol = 1e-12)$root))
q <- data.frame(y = c(3, 5, 4, 0, 0, 0, 2, 1, 4), g = rep(c("a", "b", "c"), each = 3))
rest <- glm(y ~ g, poisson, subset(q, g != "b"), control = tight)
high <- function(t) deviance(glm(y ~ I(g == "c"), poisson, q, offset = ifelse(g == "b", t, 0), control = tight)) - deviance(rest) - qchisq(0.95, 1)
cat(sprintf("level without events up to %.12g\n", uniroot(high, c(-5, 2), tol = 1e-12)$root))
writeLines(lines, "profiles.csv")
