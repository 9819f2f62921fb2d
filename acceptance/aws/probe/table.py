"""What was asked, what was expected, what was answered."""
import sys


class Table:
    def __init__(self):
        self.rows = []

    def row(self, question, expected, answer):
        """An answer that is None was not asked for."""
        expected, answer = str(expected), "not asked here" if answer is None else str(answer)
        self.rows.append((question, expected, answer))
        print(f"{'?' if answer == 'not asked here' else '=' if answer == expected else '!'} {question}: {answer}", file=sys.stderr, flush=True)

    def figure(self, question, answer):
        """Something that is measured, whatever it is."""
        self.rows.append((question, "", str(answer)))
        print(f"= {question}: {answer}", file=sys.stderr, flush=True)

    def different(self):
        return [row for row in self.rows if row[1] and row[2] not in (row[1], "not asked here")]

    def markdown(self):
        lines = ["| question | expected | answer |", "|---|---|---|"]
        lines += [f"| {question} | {expected} | {'**' + answer + '**' if row in self.different() else answer} |"
                  for row in self.rows for question, expected, answer in [row]]
        return "\n".join(lines)
