# Objectives of glmnet 4.1.6 for counts and for three classes, elastic net with α = 0.7, columns standardised: R 4.2.2, r-cran-glmnet 4.1-6-1 of Debian 12.
#   Rscript families.R iris.csv > families.csv
# Counts are ten times the petal's width. Each line: family, place, λ, objective.
suppressMessages(library(glmnet))
d <- read.csv(commandArgs(TRUE)[1]); x <- as.matrix(d[, 1:3])
glmnet.control(fdev = 0, devmax = 1)
alpha <- 0.7; s <- apply(x, 2, function(x) sqrt(mean((x - mean(x))^2)))
penalty <- function(w) alpha * sum(abs(s * w)) + (1 - alpha) / 2 * sum((s * w)^2)

y <- round(10 * d$petal_width)
f <- glmnet(x, y, family = "poisson", alpha = alpha, nlambda = 20, lambda.min.ratio = 1e-3, thresh = 1e-16, maxit = 1e8)
for (k in seq_along(f$lambda)) {
  z <- as.vector(x %*% f$beta[, k]) + f$a0[k]
  cat(sprintf("poisson,%d,%.17g,%.17g\n", k, f$lambda[k], mean(exp(z) - y * z) + f$lambda[k] * penalty(f$beta[, k])))
}

y <- as.integer(factor(d$species))
f <- glmnet(x, y, family = "multinomial", alpha = alpha, nlambda = 20, lambda.min.ratio = 1e-3, thresh = 1e-16, maxit = 1e8)
for (k in seq_along(f$lambda)) {
  z <- sapply(1:3, function(c) as.vector(x %*% f$beta[[c]][, k]) + f$a0[c, k])
  top <- apply(z, 1, max)
  loss <- mean(top + log(rowSums(exp(z - top))) - z[cbind(seq_along(y), y)])
  cat(sprintf("softmax,%d,%.17g,%.17g\n", k, f$lambda[k], loss + f$lambda[k] * sum(sapply(1:3, function(c) penalty(f$beta[[c]][, k])))))
}
