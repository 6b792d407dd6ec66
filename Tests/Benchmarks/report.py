"""Prints comparisons as a table."""

MEMORY_TARGET = 64 * 1024 * 1024


def write(results, output):
    head = ["work", "crm", "peer", "ratio", "target", "", "CPU ratio", "µs/row", "crm MB", "peer MB", ""]
    rows = [row(work, comparison) for work, comparison in results]
    widths = [max(len(cells[index]) for cells in [head, *rows]) for index in range(len(head))]
    print(line(head, widths), file=output)
    rule = ["-" * (width + 1) + (":" if index else "-") for index, width in enumerate(widths)]
    print("|" + "|".join(rule) + "|", file=output)
    for cells in rows:
        print(line(cells, widths), file=output)


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
