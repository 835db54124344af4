# Objectives of glmnet 4.1.6 along its own paths, which PathReferenceTests compare with: R 4.2.2, r-cran-glmnet 4.1-6-1 of Debian 12.
#   Rscript glmnet.R breast_cancer.csv diabetes.csv > glmnet.csv
# Each line: data, place, λ, the objective of glmnet's coefficients at a tight and at its default tolerance, its coefficients away from zero.
suppressMessages(library(glmnet))
args <- commandArgs(TRUE)
glmnet.control(fdev = 0, devmax = 1)
spread <- function(x) sqrt(mean((x - mean(x))^2))

b <- read.csv(args[1], header = FALSE, skip = 1)
x <- as.matrix(b[, 1:30]); y <- b[, 31]; s <- apply(x, 2, spread)
logistic <- function(f, k, lambda) {
  z <- as.vector(x %*% f$beta[, k]) + f$a0[k]
  mean(pmax(z, 0) + log1p(exp(-abs(z))) - y * z) + lambda * sum(s * abs(f$beta[, k]))
}
tight <- glmnet(x, y, family = "binomial", lambda.min.ratio = 1e-4, thresh = 1e-14, maxit = 1e8)
plain <- glmnet(x, y, family = "binomial", lambda = tight$lambda)
for (k in seq_along(tight$lambda))
  cat(sprintf("breast_cancer,%d,%.17g,%.17g,%.17g,%d\n", k, tight$lambda[k], logistic(tight, k, tight$lambda[k]), logistic(plain, k, tight$lambda[k]), tight$df[k]))

# glmnet divides y by its standard deviation σ first, so that its penalty of squares is λ(1 − α′)/σ in the unit of the data; α′ and λ′ make it ours.
d <- read.csv(args[2]); x <- as.matrix(d[, 1:10]); y <- d[, 11]; s <- apply(x, 2, spread); sigma <- spread(y); alpha <- 0.5
other <- alpha / (alpha + sigma * (1 - alpha))
squares <- function(f, k, lambda) {
  z <- as.vector(x %*% f$beta[, k]) + f$a0[k]; w <- s * f$beta[, k]
  mean((y - z)^2) / 2 + lambda * (alpha * sum(abs(w)) + (1 - alpha) / 2 * sum(w^2))
}
tight <- glmnet(x, y, alpha = other, lambda.min.ratio = 1e-4, thresh = 1e-22, maxit = 1e8)
plain <- glmnet(x, y, alpha = other, lambda = tight$lambda)
for (k in seq_along(tight$lambda)) {
  lambda <- tight$lambda[k] * other / alpha
  cat(sprintf("diabetes,%d,%.17g,%.17g,%.17g,%d\n", k, lambda, squares(tight, k, lambda), squares(plain, k, lambda), tight$df[k]))
}
