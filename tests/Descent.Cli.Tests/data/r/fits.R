# Fits of R 4.2.2 and its recommended packages MASS and survival, which FamilyFitTests holds Descent to.
#   cd tests/Descent.Cli.Tests/data/r && Rscript fits.R
# writes the data as CSV and every number of every fit to fits.csv: fit, quantity, name, value. A fit's first line is the command.
suppressPackageStartupMessages({library(MASS); library(survival)})
options(contrasts = c("contr.treatment", "contr.treatment"), digits = 15)
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
  put(fit, "null", "", m$null.deviance)
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

writeLines(lines, "fits.csv")
