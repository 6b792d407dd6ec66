#!/usr/bin/env python3
"""Writes FoldTable.swift, NormalFormTable.swift and CellWidthTable.swift from the Unicode Character Database.

    generate-unicode-tables.py [UCD]      UCD: folder of the database's files, default /usr/share/unicode
                                          (Debian: apt-get install unicode-data)

The tables are string literals: bytes that lie in the executable's read-only data, so that they cost nothing at
start-up and nothing to compile. Every character of a literal is six bits, written as 0x30 + bits ("0" to "o"), the
most significant six first.
"""

import pathlib
import re
import sys

UCD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")
SOURCES = pathlib.Path(__file__).resolve().parents[2]
END = 0x110000


def fields(name):
    """The semicolon-separated fields of each line of a UCD file that holds data (UAX #44, section 4.2)."""
    for line in (UCD / name).read_text(encoding="utf-8").splitlines():
        data = line.split("#")[0].strip()
        if data:
            yield [field.strip() for field in data.split(";")]


def code_points(text):
    """`0041` or `0041..005A` as a range."""
    first, _, last = text.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def members(name, value):
    """The code points to which a property file gives `value`."""
    return {point for columns in fields(name) if columns[1] == value for point in code_points(columns[0])}


def version():
    first = (UCD / "EastAsianWidth.txt").read_text(encoding="utf-8").splitlines()[0]
    return re.search(r"-(\d+\.\d+\.\d+)\.txt", first).group(1)


def character_data():
    """Combining class, general category and canonical decomposition of what UnicodeData.txt names."""
    combining_class, category, decomposition, first = {}, {}, {}, None
    for columns in fields("UnicodeData.txt"):
        point = int(columns[0], 16)
        first = point if columns[1].endswith("First>") else first
        for member in range(first, point + 1) if columns[1].endswith("Last>") else [point]:
            category[member] = columns[2]
        if columns[3] != "0":
            combining_class[point] = int(columns[3])
        if columns[5] and not columns[5].startswith("<"):
            decomposition[point] = [int(part, 16) for part in columns[5].split()]
    return combining_class, category, decomposition


def six_bits(value, characters):
    assert 0 <= value < 1 << 6 * characters, value
    return "".join(chr(0x30 + (value >> 6 * place & 63)) for place in reversed(range(characters)))


def literal(text, indent):
    """A raw multi-line string literal whose line breaks are not part of the string."""
    space = " " * indent
    lines = [text[start : start + 100] for start in range(0, len(text), 100)]
    return '#"""\n' + "\\#\n".join(space + line for line in lines) + "\n" + space + '"""#'


def write(path, text):
    (SOURCES / path).write_text(text, encoding="utf-8")
    print(path, len(text), "bytes")


# ---- Folding ---------------------------------------------------------------------------------------------------------

COMBINING_CLASS, CATEGORY, DECOMPOSITION = character_data()
IGNORABLE = members("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
WHITE_SPACE = members("PropList.txt", "White_Space")
FULL_CASE_FOLDING = {
    int(columns[0], 16): [int(part, 16) for part in columns[2].split()]
    for columns in fields("CaseFolding.txt")
    if columns[1] in "CF"
}
# The capital of the dotless i is an I, and so its case cannot be told apart from that of an i.
FULL_CASE_FOLDING[ord("ı")] = [ord("i")]
TAGS = range(0xE0000, 0xE1000)
UNCHANGED, DROPPED, SPACE = 0, 1, 2


def is_diacritic(point):
    """Accents, and the points of Hebrew, Arabic and Syriac. Not nukta, kana voicing and virama (classes 7, 8, 9), nor
    the vowels and tones of Telugu, Thai, Lao and Tibetan (84 to 132): without them words become other words."""
    value = COMBINING_CLASS.get(point, 0)
    return value == 1 or 10 <= value <= 36 or value >= 200


def fold(point):
    """What a code point becomes: a tuple of code points, empty when it is dropped."""
    if point in IGNORABLE or is_diacritic(point):
        return ()
    if point in DECOMPOSITION:
        return tuple(part for piece in DECOMPOSITION[point] for part in fold(piece))
    if point in FULL_CASE_FOLDING:
        return tuple(part for piece in FULL_CASE_FOLDING[point] for part in fold(piece))
    return (point,)


def fold_values():
    """The value of each code point, and the target strings that values beyond SPACE point to."""
    targets, offsets, values = [], {}, {}
    for point in range(END):
        if point in WHITE_SPACE:
            values[point] = SPACE
            continue
        target = fold(point)
        if target == (point,) or point in TAGS:
            continue
        if not target:
            values[point] = DROPPED
            continue
        assert all(fold(part) == (part,) for part in target), hex(point)
        if target not in offsets:
            offsets[target] = len(targets) + SPACE + 1
            more = [1] * (len(target) - 1) + [0]
            targets.extend(part << 1 | flag for part, flag in zip(target, more))
        values[point] = offsets[target]
    return values, targets


def write_fold_table():
    values, targets = fold_values()
    limit = (max(values) | 63) + 1
    blocks, index = [], []
    for start in range(0, limit, 64):
        block = tuple(values.get(point, UNCHANGED) for point in range(start, start + 64))
        if block not in blocks:
            blocks.append(block)
        index.append(blocks.index(block))
    write(
        "CRMKit/Unicode/FoldTable.swift",
        f"""// Generated by generate-unicode-tables.py from Unicode {version()}; not edited by hand.

/// What each Unicode scalar folds to, as a two-stage table over six-bit characters. See ``Fold`` for the rules.
enum FoldTable {{
    /// Scalars from here on fold to themselves.
    static let limit: UInt32 = 0x{limit:X}

    /// Two characters for each 64 scalars: the number of their block.
    static let index: StaticString = {literal("".join(six_bits(value, 2) for value in index), 8)}

    /// Two characters for each scalar of a block: 0 unchanged, 1 dropped, 2 white space, otherwise 3 + an offset into the
    /// targets.
    static let blocks: StaticString = {literal("".join(six_bits(value, 2) for block in blocks for value in block), 8)}

    /// Four characters for each scalar of a target: the scalar times two, plus one if another one follows.
    static let targets: StaticString = {literal("".join(six_bits(value, 4) for value in targets), 8)}
}}
""",
    )


# ---- Normal form -----------------------------------------------------------------------------------------------------

EXCLUDED = members("DerivedNormalizationProps.txt", "Full_Composition_Exclusion")
NO_SECOND = 0


def write_normal_form_table():
    assert not any(parts[1:] and parts[1] in DECOMPOSITION for parts in DECOMPOSITION.values())
    decompositions = sorted((point, *parts, NO_SECOND)[:3] for point, parts in DECOMPOSITION.items())
    composable = [
        (first, second, place)
        for place, (point, first, second) in enumerate(decompositions)
        if second != NO_SECOND and point not in EXCLUDED
    ]
    runs, last = [], 0
    for point in range(END):
        value = COMBINING_CLASS.get(point, 0)
        if value != last:
            runs.append((point, value))
            last = value
    rows = "".join(six_bits(number, 4) for row in decompositions for number in row)
    places = "".join(six_bits(place, 2) for _, _, place in sorted(composable))
    classes = "".join(six_bits(point, 4) + six_bits(value, 2) for point, value in runs)
    write(
        "CRMKit/Unicode/NormalFormTable.swift",
        f"""// Generated by generate-unicode-tables.py from Unicode {version()}; not edited by hand.

/// Canonical decompositions, which pairs are composed, and combining classes, as sorted tables over six-bit characters.
/// Hangul syllables are arithmetic and not among them.
enum NormalFormTable {{
    /// The number of scalars that are decomposed.
    static let decompositionCount = {len(decompositions)}

    /// Twelve characters for each, by scalar: the scalar, the first one of its decomposition and the second, 0 for none.
    static let decompositions: StaticString = {literal(rows, 8)}

    /// The number of pairs that are composed.
    static let compositionCount = {len(composable)}

    /// Two characters for each, by the first and the second scalar: the number of the decomposition that it undoes.
    static let compositions: StaticString = {literal(places, 8)}

    /// The number of runs. A run reaches to the start of the next one; what is before the first has class 0.
    static let classRunCount = {len(runs)}

    /// Six characters for each run: its first scalar in four, and its Canonical_Combining_Class.
    static let classRuns: StaticString = {literal(classes, 8)}
}}
""",
    )


# ---- Cell width ------------------------------------------------------------------------------------------------------

WIDE = members("EastAsianWidth.txt", "W") | members("EastAsianWidth.txt", "F")
EMOJI_VARIATIONS = {int(columns[0].split()[0], 16) for columns in fields("emoji/emoji-variation-sequences.txt")}
PREPENDED = members("PropList.txt", "Prepended_Concatenation_Mark")
SOFT_HYPHEN = 0xAD
MEDIAL_AND_FINAL_JAMO = set(range(0x1160, 0x1200)) | set(range(0xD7B0, 0xD800))
EMOJI_FLAG = 4


def cell_width(point):
    if point in PREPENDED or point == SOFT_HYPHEN:
        return 1
    if CATEGORY.get(point) in ("Mn", "Me", "Cf", "Cc", "Zl", "Zp") or point in MEDIAL_AND_FINAL_JAMO or point in TAGS:
        return 0
    return 2 if point in WIDE else 1


def write_cell_width_table():
    runs, last = [], None
    for point in range(END):
        value = cell_width(point) | (EMOJI_FLAG if point in EMOJI_VARIATIONS else 0)
        if value != last:
            runs.append(point << 3 | value)
            last = value
    write(
        "CLIKit/Terminal/CellWidthTable.swift",
        f"""// Generated by generate-unicode-tables.py from Unicode {version()}; not edited by hand.

/// The width of each Unicode scalar in terminal cells, as sorted runs over six-bit characters.
enum CellWidthTable {{
    /// The number of runs. A run reaches to the start of the next one.
    static let count = {len(runs)}

    /// Four characters for each run: its first scalar times eight, plus its width (0, 1 or 2), plus 4 if the scalar has
    /// an emoji form that variation selector 16 asks for.
    static let runs: StaticString = {literal("".join(six_bits(run, 4) for run in runs), 8)}
}}
""",
    )


write_fold_table()
write_normal_form_table()
write_cell_width_table()
