# Proportional odds by MASS's polr of R 4.2.2, which OrdinalTests holds Descent to.
#   cd tests/Descent.Cli.Tests/data/r && Rscript ordinal.R
# writes housing.csv (MASS), and ordinal.csv: fit, quantity, name, value. polr stops by optim's reltol; its fit is the start of another with
# reltol 1e-15 and of Newton steps on the same likelihood, written out, until the gradient is below 1e-10.
suppressPackageStartupMessages(library(MASS))
options(contrasts = c("contr.treatment", "contr.treatment"), warn = -1)
lines <- "fit,quantity,name,value"
put <- function(fit, quantity, name, value)
  lines <<- c(lines, sprintf("%s,%s,%s,%s", fit, quantity, name, ifelse(is.numeric(value), sprintf("%.12g", value), gsub(",", ";", value))))
newton <- function(m, X, y, w, moved) {
  k <- length(m$zeta); d <- ncol(X)
  ends <- function(p) { z <- c(-Inf, p[d + seq_len(k)], Inf); e <- drop(X %*% p[seq_len(d)]) + moved; list(a = z[y + 1] - e, b = z[y] - e) }
  f <- function(p) { q <- ends(p); sum(w * log(plogis(q$a) - plogis(q$b))) }
  score <- function(p) {
    q <- ends(p); s <- plogis(q$a) - plogis(q$b); A <- dlogis(q$a) / s; B <- dlogis(q$b) / s
    c(colSums(w * -(A - B) * X), sapply(seq_len(k), function(j) sum(w * (A * (y == j) - B * (y == j + 1)))))
  }
  information <- function(p) {
    h <- sapply(seq_along(p), function(j) { s <- 1e-5 * max(1, abs(p[j])); e <- replace(0 * p, j, s)
      (8 * (score(p + e) - score(p - e)) - (score(p + 2 * e) - score(p - 2 * e))) / (12 * s) })
    -(h + t(h)) / 2
  }
  p <- c(m$coefficients, m$zeta)
  for (i in 1:30) { g <- score(p); if (max(abs(g)) < 1e-10) break; p <- p + solve(information(p), g) }
  list(p = p, se = sqrt(diag(solve(information(p)))), loglik = f(p), gradient = max(abs(score(p))))
}
ordinal <- function(fit, words, formula, data, w, names, levels, moved = NULL) {
  data$.w <- w
  m <- polr(formula, data, weights = .w, Hess = TRUE, control = list(reltol = 1e-15, maxit = 1000))
  X <- model.matrix(m)[, -1, drop = FALSE]; y <- as.integer(model.response(m$model))
  shift <- if (is.null(moved)) 0 else data[[moved]]
  n <- newton(m, X, y, w, shift)
  cat(fit, "polr differs by", signif(max(abs(n$p - c(m$coefficients, m$zeta))), 3), "errors by",
    signif(max(abs(n$se / sqrt(diag(vcov(m))) - 1)), 3), "gradient", signif(n$gradient, 3), "\n")
  put(fit, "command", "", words)
  all <- c(names, paste(levels[-length(levels)], levels[-1], sep = "|"))
  for (j in seq_along(all)) { put(fit, "estimate", all[j], n$p[j]); put(fit, "error", all[j], n$se[j]) }
  put(fit, "loglik", "", n$loglik)
  put(fit, "deviance", "", -2 * n$loglik)
  put(fit, "aic", "", -2 * n$loglik + 2 * length(all))
  if (!is.null(moved)) {
    m0 <- polr(reformulate(sprintf("offset(%s)", moved), formula[[2]]), data, weights = .w, control = list(reltol = 1e-15, maxit = 1000))
    put(fit, "nullDeviance", "", -2 * newton(m0, X[, 0, drop = FALSE], y, w, shift)$loglik)
  }
  z <- c(-Inf, n$p[length(names) + seq_len(length(levels) - 1)], Inf); e <- drop(X %*% n$p[seq_along(names)]) + shift
  for (i in c(1, 5, nrow(X))) for (j in seq_along(levels)) put(fit, paste0("row", i), levels[j], plogis(z[j + 1] - e[i]) - plogis(z[j] - e[i]))
}
h <- MASS::housing
house <- data.frame(sat = h$Sat, infl = h$Infl, type = h$Type, cont = h$Cont, freq = h$Freq)
write.csv(house, "housing.csv", row.names = FALSE, quote = FALSE)
ordinal("housing", "housing.csv --model ordinal --target sat --levels Low,Medium,High --features infl,type,cont --reference infl=Low,type=Tower,cont=Low --weight-col freq --weights-are frequency",
  Sat ~ Infl + Type + Cont, transform(h, Type = factor(Type, c("Tower", "Apartment", "Atrium", "Terrace")), Infl = factor(Infl, c("Low", "High", "Medium")), Cont = factor(Cont, c("Low", "High"))),
  h$Freq, c("infl=High", "infl=Medium", "type=Apartment", "type=Atrium", "type=Terrace", "cont=High"), c("Low", "Medium", "High"))
cars <- read.csv("../mtcars.csv")
ordinal("cars", "../mtcars.csv --model ordinal --target cyl --features qsec", factor(cyl) ~ qsec, cars, rep(1, 32), "qsec", c("4", "6", "8"))
air <- read.csv("air.csv"); air$wide <- cut(air$ozone, c(0, 20, 40, 80, 200), labels = FALSE)
write.csv(air[, c("wide", "solar", "wind", "temp")], "smog.csv", row.names = FALSE, quote = FALSE)
ordinal("smog", "smog.csv --model ordinal --target wide --features solar,wind,temp", factor(wide) ~ solar + wind + temp, air, rep(1, 111),
  c("solar", "wind", "temp"), c("1", "2", "3", "4"))
# With an offset, which polr adds to x·w.
ordinal("smog-offset", "smog.csv --model ordinal --target wide --features solar,temp --offset wind", factor(wide) ~ solar + temp + offset(wind), air,
  rep(1, 111), c("solar", "temp"), c("1", "2", "3", "4"), "wind")
ordinal("cars-offset", "../mtcars.csv --model ordinal --target cyl --features qsec --offset wt", factor(cyl) ~ qsec + offset(wt), cars, rep(1, 32), "qsec",
  c("4", "6", "8"), "wt")
writeLines(lines, "ordinal.csv")
