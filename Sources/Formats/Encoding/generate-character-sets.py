#!/usr/bin/env python3
"""Writes CharacterSetTable.swift: the labels and indexes of the WHATWG's Encoding Standard, from Python's codecs
and a list of where the standard says otherwise.

The tables are string literals, bytes that lie in the executable's read-only data. Every character of an index is six
bits, written as 0x30 + bits ("0" to "o"). An index is a row of code points by pointer, in tokens that begin with one of:

    0 to 47    the most significant six of eighteen bits, the next twelve following: that code point
    48 to 51   one to four code points, each one more than the last
    52         twelve bits follow: so many such code points
    53         six bits follow: so many pointers, less one, that stand for nothing
    54         twelve bits follow: the same
    55 to 63   the most significant digit of 2 to 577 less two, of which six bits follow: so much more than the last
"""

import pathlib

# Those of the standard, and the one of MS-DOS that old programs of Western Europe and America still name in mail.
SINGLE = {
    "ibm850": "cp850", "ibm866": "cp866", "iso-8859-2": "iso8859_2", "iso-8859-3": "iso8859_3", "iso-8859-4": "iso8859_4",
    "iso-8859-5": "iso8859_5", "iso-8859-6": "iso8859_6", "iso-8859-7": "iso8859_7", "iso-8859-8": "iso8859_8",
    "iso-8859-10": "iso8859_10", "iso-8859-13": "iso8859_13", "iso-8859-14": "iso8859_14", "iso-8859-15": "iso8859_15",
    "iso-8859-16": "iso8859_16", "koi8-r": "koi8_r", "koi8-u": "koi8_u", "macintosh": "mac_roman",
    "windows-874": "cp874", "windows-1250": "cp1250", "windows-1251": "cp1251", "windows-1252": "cp1252",
    "windows-1253": "cp1253", "windows-1254": "cp1254", "windows-1255": "cp1255", "windows-1256": "cp1256",
    "windows-1257": "cp1257", "windows-1258": "cp1258", "x-mac-cyrillic": "mac_cyrillic",
}  # fmt: skip

# The names of section 4.2 of the standard, with what mail calls encodings beside.
LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8",
    "ibm850": "850 cp850 cp-850 ibm-850 pc850 cspc850multilingual",
    "ibm866": "866 cp866 csibm866",
    "iso-8859-2": "csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso-8859-3": "csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso-8859-4": "csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso-8859-5": "csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso-8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i "
    "iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso-8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 "
    "iso_8859-7:1987 sun_eu_greek",
    "iso-8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 "
    "iso_8859-8:1988 visual iso-8859-8-i csiso88598i logical",
    "iso-8859-10": "csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso-8859-13": "iso8859-13 iso885913",
    "iso-8859-14": "iso8859-14 iso885914",
    "iso-8859-15": "csisolatin9 iso8859-15 iso885915 iso_8859-15 l9 latin9 latin-9",
    "iso-8859-16": "iso8859-16 iso885916",
    "koi8-r": "cskoi8r koi koi8 koi8_r",
    "koi8-u": "koi8-ru",
    "macintosh": "csmacintosh mac x-mac-roman",
    "windows-874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620",
    "windows-1250": "cp1250 x-cp1250",
    "windows-1251": "cp1251 x-cp1251",
    "windows-1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
    "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252 latin-1 ansi cp-1252 us",
    "windows-1253": "cp1253 x-cp1253",
    "windows-1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
    "x-cp1254",
    "windows-1255": "cp1255 x-cp1255",
    "windows-1256": "cp1256 x-cp1256",
    "windows-1257": "cp1257 x-cp1257",
    "windows-1258": "cp1258 x-cp1258",
    "x-mac-cyrillic": "x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk cp936 ms936",
    "big5": "big5-hkscs cn-big5 csbig5 x-x-big5 cp950",
    "euc-jp": "cseucpkdfmtjapanese x-euc-jp",
    "iso-2022-jp": "csiso2022jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-ms",
    "shift_jis": "csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis cp932",
    "euc-kr": "cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 cp949 "
    "uhc",
    "replacement": "csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr",
    "utf-16be": "unicodefffe",
    "utf-16le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16",
    "x-user-defined": "",
    # Not in the standard, but in mail (RFC 2152).
    "utf-7": "unicode-1-1-utf-7 csunicode11utf7 utf7 unicode-2-0-utf-7 x-unicode-2-0-utf-7",
}

# Where the indexes of the standard (https://encoding.spec.whatwg.org/) say other than Python's codecs: what characters
# stand from a pointer on. JIS X 0212: a wide tilde, as Windows has it. Big5: what came to the Hong Kong set in 2008, what
# Windows has, the second places of characters with two. GB 18030: what left the private use area since 2000.
STANDARD = {
    "jis0212": {
        116: "～",
    },
    "big5": {
        1000: "㡵𡵓𣚞𦀡㻬𥣞㫵竼龗𤅡𨤍𣇪𠪊𣉞䌊蒄龖鐯䤰蘓墖靊鈘秐稲晠権袝瑌篅枂稬剏遆㓦珄𥶹瓆鿇垳䤯呌䄱𣚎堘穲𧭥讏䚮𦺈䆁𥶙箮𢒼鿈𢓁𢓉𢓌鿉蔄𣖻䂴鿊䓡𪷿拁灮鿋", 2082: "箸", 2088: "簆",
        2103: "糎", 2114: "緒", 2123: "縝", 2148: "者", 2151: "耨", 2221: "菁", 2239: "蒨", 2244: "萏", 2303: "覦覩",
        2354: "起", 2400: "都", 2413: "銹", 2477: "靜", 2498: "響", 2605: "鼖", 2673: "蔃", 2746: "兙兛兝兞", 2771: "鍮",
        2780: "瑹", 2990: "浧", 3087: "禛", 3259: "邗", 3301: "靝", 3436: "瀞", 3451: "嬨", 4136: "爁", 4138: "矗",
        4141: "纇", 4182: "駖", 4206: "釔", 4220: "惞", 4230: "澶", 4241: "輶", 4258: "侻", 4273: "營", 4279: "鄄",
        4282: "鷰", 4294: "菏", 4329: "尐秣", 4349: "婧", 4419: "輋", 4422: "筑", 4494: "拐", 4624: "恢", 4694: "痹",
        4708: "汊", 4742: "鬮", 4748: "鼗", 4815: "僭", 4828: "弌", 4902: "蠏", 4922: "拎", 4982: "瑨", 4992: "煢",
        4997: "牐", 5029: "‧", 5038: "﹑", 5120: "¯", 5153: "～", 5168: "⊕⊙", 5182: "∕﹨", 5185: "￥", 5187: "￠￡",
        5432: "␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟␡", 10942: "廴", 10946: "无", 10948: "癶", 10950: "隶", 10957: "〃仝",
        19028: "倩", 19035: "偽", 19088: "包", 19096: "卄", 19112: "卿", 19162: "嘅", 19240: "婷", 19299: "幵", 19305: "廐",
        19326: "彘", 19355: "悤", 19398: "撐", 19439: "晴", 19454: "杞", 19553: "沜渝", 19557: "港", 19611: "煮", 19643: "猪",
        19672: "瑜", 19697: "瓩", 19748: "砉",
    },
    "gb18030": {
        6555: "\u3000", 7182: "︐︒︑︓︔︕︖", 7201: "︗︘", 7208: "︙", 7533: "ḿ", 23775: "龴", 23783: "龵", 23788: "龶龷",
        23795: "龸", 23812: "龹", 23829: "龺", 23845: "龻",
    },
    "koi8-u": {
        46: "ў", 62: "Ў",
    },
    "windows-1255": {
        74: "\u05ba",
    },
}  # fmt: skip


def six_bits(value, characters):
    assert 0 <= value < 1 << 6 * characters, value
    return "".join(chr(0x30 + (value >> 6 * place & 63)) for place in reversed(range(characters)))


def literal(text, indent):
    """A raw multi-line string literal whose line breaks are not part of the string."""
    space = " " * indent
    lines = [text[start : start + 100] for start in range(0, len(text), 100)]
    return '#"""\n' + "\\#\n".join(space + line for line in lines) + "\n" + space + '"""#'


def decoded(data, *codecs):
    """The one code point that bytes stand for in the first codec that knows them; None for none."""
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if len(text) == 1:
            return ord(text)
    return None


def corrected(points, name):
    """An index as the standard has it."""
    for start, characters in STANDARD.get(name, {}).items():
        points[start : start + len(characters)] = map(ord, characters)
    return points


def packed(points):
    """An index in tokens, as the head of this file tells."""
    while points and points[-1] is None:
        points.pop()
    text, last, place = "", -1, 0
    while place < len(points):
        point = points[place]
        length = 1
        if point is None:
            while points[place + length] is None and length < 4096:
                length += 1
            text += "e" + six_bits(length - 1, 1) if length <= 64 else "f" + six_bits(length - 1, 2)
            assert chr(0x30 + 53) == "e" and chr(0x30 + 54) == "f"
        elif point == last + 1:
            while place + length < len(points) and points[place + length] == point + length and length < 4095:
                length += 1
            text += six_bits(47 + length, 1) if length <= 4 else six_bits(52, 1) + six_bits(length, 2)
            last = point + length - 1
        elif last + 2 <= point <= last + 577:
            text += six_bits(55 + (point - last - 2 >> 6), 1) + six_bits(point - last - 2 & 63, 1)
            last = point
        else:
            text += six_bits(point, 3)
            last = point
        place += length
    return text


def single(name):
    codec, points = SINGLE[name], []
    for byte in range(0x80, 0x100):
        point = decoded(bytes([byte]), codec)
        # Bytes that Microsoft leaves undefined are control characters to the standard.
        points.append(byte if point is None and byte < 0xA0 and name.startswith("windows-") else point)
    return corrected(points, name)


def jis0208():
    """By the pointers of the standard: 188 for each lead byte of Shift_JIS."""
    points = []
    for pointer in range(11280):
        lead, trail = divmod(pointer, 188)
        lead += 0x81 if lead < 0x1F else 0xC1
        trail += 0x40 if trail < 0x3F else 0x41
        points.append(None if 8836 <= pointer <= 10715 else decoded(bytes([lead, trail]), "cp932"))
    return points


def jis0212():
    return [decoded(bytes([0x8F, 0xA1 + row, 0xA1 + cell]), "euc_jp") for row in range(94) for cell in range(94)]


def euc_kr():
    return [decoded(bytes([0x81 + row, 0x41 + cell]), "cp949") for row in range(126) for cell in range(190)]


def big5():
    points = []
    for pointer in range(126 * 157):
        lead, trail = divmod(pointer, 157)
        data = bytes([0x81 + lead, trail + (0x40 if trail < 0x3F else 0x62)])
        points.append(decoded(data, "big5hkscs", "cp950"))
    return points


def gb18030():
    points = []
    for pointer in range(126 * 190):
        lead, trail = divmod(pointer, 190)
        points.append(decoded(bytes([0x81 + lead, trail + (0x40 if trail < 0x3F else 0x41)]), "gb18030"))
    return points


def gb18030_ranges():
    """Where code points of four bytes stop following each other: pointer and code point."""
    ranges, last = [], -2
    for pointer in range(39420):
        rest, fourth = divmod(pointer, 10)
        rest, third = divmod(rest, 126)
        first, second = divmod(rest, 10)
        data = bytes([0x81 + first, 0x30 + second, 0x81 + third, 0x30 + fourth])
        point = decoded(data, "gb18030")
        if point is not None and point != last + 1:
            ranges.append((pointer, point))
        last = -2 if point is None else point
    return ranges


singles = list(SINGLE)
kinds = singles + [name for name in LABELS if name not in SINGLE]
labels = " ".join(f"{label} {name}" for name in kinds for label in [name, *LABELS[name].split()])
label_lines, line = [], ""
for word in labels.split():
    if len(line) + len(word) > 99:
        label_lines.append(line)
        line = ""
    line += word + " "
label_lines.append(line.strip())
tables = "".join(
    f"""
    /// {title}.
    static let {name}: StaticString = {literal(packed(corrected(points, name)), 8)}
"""
    for name, title, points in [
        ("jis0208", "JIS X 0208 with the rows of NEC and IBM, 188 pointers for each lead byte of Shift_JIS", jis0208()),
        ("jis0212", "JIS X 0212, 94 pointers a row", jis0212()),
        ("eucKR", "Unified Hangul Code, 190 pointers for each lead byte", euc_kr()),
        ("big5", "Big5 with the Hong Kong Supplementary Character Set, 157 pointers for each lead byte", big5()),
        ("gb18030", "The two bytes of GB 18030, 190 pointers for each lead byte", gb18030()),
    ]
)
ranges = "".join(six_bits(pointer, 3) + six_bits(point, 3) for pointer, point in gb18030_ranges())
single_rows = " ".join(packed(single(name)) for name in singles)
single_names = " \\\n        ".join(" ".join(singles[start : start + 7]) for start in range(0, len(singles), 7))
label_text = " \\\n        ".join(line.strip() for line in label_lines)
text = f'''// Generated by generate-character-sets.py; not edited by hand.

/// Labels and indexes of the encodings that the WHATWG's Encoding Standard names, over six-bit characters. How an index
/// is packed stands in the script.
enum CharacterSetTable {{
    /// Pairs of a label and the name of its encoding, separated by blanks.
    static let labels = """
        {label_text}
        """

    /// The encodings of one byte a character, in the order of ``singleBytes``.
    static let singleByteNames = """
        {single_names}
        """

    /// The upper half of each, an index of 128 pointers; blanks between them.
    static let singleBytes: StaticString = {literal(single_rows, 8)}
{tables}
    /// The characters of four bytes in GB 18030: six characters for each pointer from which on code points follow each
    /// other, and its code point.
    static let gb18030Ranges: StaticString = {literal(ranges, 8)}
}}
'''
target = pathlib.Path(__file__).resolve().parent / "CharacterSetTable.swift"
target.write_text(text, encoding="utf-8")
print(target.name, len(text), "bytes")
