# Influence of rows by R 4.2.2, which InfluenceTests holds Descent to.
#   cd tests/Descent.Cli.Tests/data/r && Rscript influence.R
# writes influence.csv: case, fit (its command), row, hatvalues(m), rstandard(m), cooks.distance(m), dffits(m) for every row of the data, from 1.
options(contrasts = c("contr.treatment", "contr.treatment"), warn = -1)
tight <- list(epsilon = 1e-15, maxit = 100)
lines <- "case,fit,row,leverage,standardised,cook,dffits"
influence <- function(case, fit, m) {
  h <- hatvalues(m); r <- rstandard(m); k <- cooks.distance(m); d <- dffits(m)
  for (i in seq_along(h)) lines <<- c(lines, sprintf("%s,%s,%d,%.12g,%.12g,%.12g,%.12g", case, gsub(",", ";", fit), i, h[i], r[i],
    k[i], d[i]))
}
cars <- read.csv("../mtcars.csv"); air <- read.csv("air.csv"); menarche <- read.csv("menarche.csv"); budworm <- read.csv("budworm.csv")
clotting <- read.csv("clotting.csv"); insurance <- read.csv("insurance.csv"); far <- read.csv("far.csv")
influence("cars", "../mtcars.csv --target mpg --features wt,hp", lm(mpg ~ wt + hp, cars))
influence("bare", "../mtcars.csv --target mpg --features wt,hp --no-intercept", lm(mpg ~ wt + hp - 1, cars))
influence("weighted", "../mtcars.csv --target mpg --features wt,hp --weight-col qsec", lm(mpg ~ wt + hp, cars, weights = qsec))
influence("far", "far.csv --target ozone --features wind,far", lm(ozone ~ wind + I(far - 1e7), far))
influence("logistic", "../mtcars.csv --model logistic --target am --features hp,qsec", glm(am ~ hp + qsec, binomial, cars, control = tight))
influence("trials", "menarche.csv --model binomial-probit --target reached --features age --trials total",
  glm(cbind(reached, not) ~ age, binomial("probit"), menarche, control = tight))
influence("cloglog", "budworm.csv --model binomial-cloglog --target dead --features sex,dose --trials total",
  glm(cbind(dead, total - dead) ~ sex + dose, binomial("cloglog"), budworm, control = tight))
influence("poisson", "insurance.csv --model poisson --target claims --features group,age --exposure holders",
  glm(claims ~ group + age + offset(log(holders)), poisson, insurance, control = tight))
influence("quasi", "insurance.csv --model poisson --target claims --features group,age --exposure holders --dispersion estimated",
  glm(claims ~ group + age + offset(log(holders)), quasipoisson, insurance, control = tight))
influence("gamma", "clotting.csv --model gamma --target time --features log,lot",
  glm(time ~ log + lot, Gamma("log"), clotting, control = tight))
writeLines(lines, "influence.csv")
