# Terms and columns of R 4.2.2 for formulas over the columns y, a, b, c (numbers) and f, g, h (levels), which TermAlgebraTests holds
# Descent to.
#   cd tests/Descent.Fitting.Tests/Formulas && Rscript terms.R > terms.csv
# Each line: formula; 1 with a constant and 0 without; labels of the terms; names of the columns of model.matrix, with the level of a
# factor behind '=' as Descent names it. Parts are separated by ';', names by '|'.
options(contrasts = c("contr.treatment", "contr.poly"))
set.seed(5)
d <- expand.grid(f = c("p", "q", "r"), g = c("s", "t"), h = c("u", "v"), k = 1:4, stringsAsFactors = TRUE)
d <- data.frame(y = rnorm(48), a = rnorm(48), b = rnorm(48), c = rnorm(48), d[, c("f", "g", "h")])
for (text in c("y ~ a", "y ~ a + b - 1", "y ~ 0 + a", "y ~ -1 + f", "y ~ f + g", "y ~ f:g", "y ~ f:g - 1", "y ~ f*g", "y ~ f*g - 1", "y ~ f*g - f",
  "y ~ a:f", "y ~ a + a:f", "y ~ f + a:f", "y ~ f:a + f", "y ~ f/a", "y ~ f/(a + b)", "y ~ (f + g)/a", "y ~ a %in% f", "y ~ f %in% g",
  "y ~ (a + b + c)^2", "y ~ (f + g + h)^2", "y ~ (f + g + h)^3 - f:g:h", "y ~ (a + b)^3", "y ~ f*g*h", "y ~ f:g:h", "y ~ f + f:g:h",
  "y ~ a*b - a", "y ~ (a + b)*(c + f)", "y ~ b:a + a", "y ~ a + b + a:b - b:a", "y ~ a - a + b", "y ~ (a + b + f) - (a + f)", "y ~ .", "y ~ . - f",
  "y ~ .^2", "y ~ . - 1", "log(y^2) ~ . + log(a^2)", "y ~ I(a*b) + poly(a, 2)", "y ~ poly(a, 2)*f", "y ~ poly(a, 2):poly(b, 2)", "y ~ f*a*b - a:b",
  "y ~ a + f - 1 + g", "y ~ a:b:f", "y ~ a:b + a:f", "y ~ 0 + a:f", "y ~ 0 + a + f:g", "y ~ g + f:g - 1", "y ~ 1 + a + 0", "y ~ a + (b - 1)",
  "y ~ f*g + h:g", "y ~ (f*g)/h", "y ~ f^2", "y ~ (a*b)^2")) {
  t <- terms(as.formula(text), data = d)
  columns <- colnames(model.matrix(t, d))
  for (v in c("f", "g", "h")) columns <- gsub(paste0("(^|:)", v, "([p-v])(?=:|$)"), paste0("\\1", v, "=\\2"), columns, perl = TRUE)
  cat(text, attr(t, "intercept"), paste(attr(t, "term.labels"), collapse = "|"), paste(setdiff(columns, "(Intercept)"), collapse = "|"), sep = ";")
  cat("\n")
}
