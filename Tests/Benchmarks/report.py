"""Prints comparisons as a table."""

MEMORY_TARGET = 64 * 1024 * 1024


HEAD = ["work", "crm", "peer", "ratio", "target", "", "CPU ratio", "µs/row", "crm MB", "peer MB", ""]
# Enough for any name and for `1234.567 s`: rows are printed as they are measured, before the widest is known.
NAME_WIDTH = 48
CELL_WIDTH = 10


class Table:
    """A table that is printed row by row, so that an interrupted run has told what it measured."""

    def __init__(self, output):
        self.widths = [NAME_WIDTH] + [max(len(head), CELL_WIDTH) if head else len("MISSED") for head in HEAD[1:]]
        self.output = output
        rule = ["-" * (width + 1) + (":" if index else "-") for index, width in enumerate(self.widths)]
        self.write(line(HEAD, self.widths))
        self.write("|" + "|".join(rule) + "|")

    def add(self, work, comparison):
        self.write(line(row(work, comparison), self.widths))

    def write(self, text):
        print(text, file=self.output, flush=True)


def row(work, comparison):
    return [
        work.name,
        duration(comparison.crm),
        duration(comparison.peer),
        f"{comparison.ratio:.2f}",
        f"≤ {work.target:.1f}",
        "met" if comparison.ratio <= work.target else "MISSED",
        f"{comparison.processor_ratio:.2f}",
        f"{comparison.crm / work.rows * 1e6:.2f}" if work.rows else "",
        memory(comparison.crm_peak, comparison.floor),
        memory(comparison.peer_peak, comparison.floor),
        "met" if comparison.crm_peak <= MEMORY_TARGET else "MISSED",
    ]


def duration(seconds):
    return f"{seconds * 1000:.2f} ms" if seconds < 0.1 else f"{seconds:.3f} s"


def memory(peak, floor):
    # A page or two come and go.
    return f"< {floor / 1e6:.0f}" if peak < floor * 1.01 else f"{peak / 1e6:.0f}"


def line(cells, widths):
    first = cells[0].ljust(widths[0])
    return "| " + " | ".join([first] + [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:])]) + " |"
