# Cross-validated losses of glmnet 4.1.6 (½ of its mean squared error) with row i, counted from 1, in fold i mod 10: R 4.2.2, r-cran-glmnet 4.1-6-1 of Debian 12.
#   Rscript folds.R diabetes.csv > folds.csv
# Each line: place, λ, mean over folds, standard error, and which λ is lambda.min (1) or lambda.1se (2).
suppressMessages(library(glmnet))
d <- read.csv(commandArgs(TRUE)[1]); x <- as.matrix(d[, 1:10]); y <- d[, 11]
glmnet.control(fdev = 0, devmax = 1)
# Without its λ each fold would be walked on a grid of its own, and its losses interpolated.
l <- glmnet(x, y, nlambda = 60, lambda.min.ratio = 1e-3)$lambda
f <- cv.glmnet(x, y, foldid = seq_along(y) %% 10 + 1, lambda = l, thresh = 1e-22, maxit = 1e8)
for (k in seq_along(f$lambda))
  cat(sprintf("%d,%.17g,%.17g,%.17g,%d\n", k, f$lambda[k], f$cvm[k] / 2, f$cvsd[k] / 2, (f$lambda[k] == f$lambda.min) + 2 * (f$lambda[k] == f$lambda.1se)))
