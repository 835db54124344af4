# Missing values filled in by scikit-learn 1.2.1 and fitted by numpy 1.24.2, which MissingTests holds Descent to.
#   cd tests/Descent.Cli.Tests/data/missing
#   Rscript -e 'write.csv(MASS::survey[c("Wr.Hnd","Height","Pulse","Smoke","Sex","Age")], "survey.csv", row.names = FALSE, quote = FALSE)'
#   python3 missing.py
# writes missing.csv: case, coefficient, value. Rows without a span of the writing hand (the target) or a sex go, before anything is learnt.
import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer

survey = pd.read_csv("survey.csv")
rows = survey.dropna(subset=["Wr.Hnd", "Sex"]).reset_index(drop=True)


def fill(frame, column, strategy):
    return SimpleImputer(strategy=strategy).fit_transform(frame[[column]])[:, 0]


def fit(case, frame, columns):
    x = np.column_stack([np.ones(len(frame))] + [np.asarray(c, float) for c in columns.values()])
    w = np.linalg.lstsq(x, frame["Wr.Hnd"].to_numpy(), rcond=None)[0]
    return [f"{case},{name},{value:.12g}" for name, value in zip(["(Intercept)", *columns], w)]


def levels(column, values):
    return {f"{column}={l}": np.asarray(values) == l for l in sorted(set(values))[1:]}


lines = ["case,coefficient,value"]
lines += fit("mixed", rows, {
    "Height": fill(rows, "Height", "median"), "Pulse": fill(rows, "Pulse", "mean"),
    **levels("Smoke", fill(rows, "Smoke", "most_frequent")), **levels("Sex", rows["Sex"]),
    "Height_missing": rows["Height"].isna()})
lines += fit("mode", rows, {"Pulse": fill(rows, "Pulse", "most_frequent"), **levels("Sex", rows["Sex"]),
    "Pulse_missing": rows["Pulse"].isna()})
seen, new = rows.iloc[:200], rows.iloc[200:]
for strategy in ["mean", "median", "most_frequent"]:
    imputer = SimpleImputer(strategy=strategy).fit(seen[["Height", "Pulse"]])
    x = np.column_stack([np.ones(len(seen)), imputer.transform(seen[["Height", "Pulse"]])])
    w = np.linalg.lstsq(x, seen["Wr.Hnd"].to_numpy(), rcond=None)[0]
    p = np.column_stack([np.ones(len(new)), imputer.transform(new[["Height", "Pulse"]])]) @ w
    lines += [f"predict {strategy},{i},{v:.12g}" for i, v in enumerate(p)]
open("missing.csv", "w").write("\n".join(lines) + "\n")
