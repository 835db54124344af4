# The peer's number in TextTests: python3 sms.py SMSSpamCollection.tsv.gz (every fifth message is held out).
import gzip
import sys

from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import SGDClassifier

rows = [line.rstrip("\n").split("\t", 1) for line in gzip.open(sys.argv[1], "rt", encoding="utf-8", newline="\n")]
train = [row for i, row in enumerate(rows) if i % 5 != 4]
test = [row for i, row in enumerate(rows) if i % 5 == 4]
words = HashingVectorizer()
for seed in range(5):
    model = SGDClassifier(loss="log_loss", random_state=seed)
    model.fit(words.transform([text for _, text in train]), [label for label, _ in train])
    print(seed, model.score(words.transform([text for _, text in test]), [label for label, _ in test]))
