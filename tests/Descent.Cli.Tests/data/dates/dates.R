# Dates taken apart by R 4.2.2, which DateTests holds Descent to.
#   cd tests/Descent.Cli.Tests/data/dates && Rscript dates.R
# writes nottem.csv, monthly temperatures at Nottingham from 1920 on with their dates in three writings (the hours of the last are made up),
# and dates.csv: case, coefficient, value.
options(contrasts = c("contr.treatment", "contr.treatment"))
n <- 240
day <- seq(as.Date("1920-01-01"), by = "month", length.out = n) + (seq_len(n) * 5) %% 28
stamp <- as.POSIXct(paste(format(day), sprintf("%02d:%02d:00", (seq_len(n) * 7) %% 24, (seq_len(n) * 11) %% 60)), tz = "UTC")
frame <- data.frame(day = format(day), dotted = format(day, "%d.%m.%Y"), packed = format(day, "%Y%m%d"),
  stamp = paste0(format(stamp, "%Y-%m-%dT%H:%M:%S"), "Z"), temperature = sprintf("%.1f", as.numeric(nottem)))
write.csv(frame, "nottem.csv", row.names = FALSE, quote = FALSE)
y <- as.numeric(nottem)
parts <- function(t) {
  lt <- as.POSIXlt(t, tz = "UTC")
  list(year = lt$year + 1900, month = lt$mon + 1, weekday = ifelse(lt$wday == 0, 7, lt$wday), hour = lt$hour,
    elapsed = as.numeric(as.POSIXct(t)) / 86400)
}
lines <- "case,coefficient,value"
keep <- function(case, m, names) for (i in seq_along(names)) lines <<- c(lines, sprintf("%s,%s,%.12g", case, names[i], coef(m)[[i]]))
p <- parts(as.POSIXct(format(day), tz = "UTC")); s <- parts(stamp)
keep("numbers", lm(y ~ p$year + p$month + p$weekday), c("(Intercept)", "year", "month", "weekday"))
keep("levels", lm(y ~ p$year + factor(p$month)), c("(Intercept)", "year", paste0("month=", 2:12)))
keep("elapsed", lm(y ~ p$elapsed), c("(Intercept)", "elapsed"))
keep("stamp", lm(y ~ s$elapsed + s$hour + factor(s$weekday)), c("(Intercept)", "elapsed", "hour", paste0("weekday=", 2:7)))
writeLines(lines, "dates.csv")
