import Testing

@testable import CLIKit

@Suite("Keys")
struct KeyDecoderTests {
    @Test(
        "are read from the bytes that terminals send for them",
        arguments: [
            ("a ñ", [.scalar("a"), .scalar(" "), .scalar("ñ")]),
            ("日👍", [.scalar("日"), .scalar("👍")]),
            ("\u{1B}[D\u{1B}[C\u{1B}OD\u{1B}OC", [.left, .right, .left, .right]),
            ("\u{1B}[A\u{1B}[B\u{10}\u{0E}", [.earlier, .later, .earlier, .later]),
            ("\u{1B}[H\u{1B}[1~\u{1B}[7~\u{1B}OH\u{1}", [.start, .start, .start, .start, .start]),
            ("\u{1B}[F\u{1B}[4~\u{1B}[8~\u{1B}OF\u{5}", [.end, .end, .end, .end, .end]),
            ("\u{1B}[1;5D\u{1B}[1;3C\u{1B}b\u{1B}f\u{1B}[1;2D", [.wordLeft, .wordRight, .wordLeft, .wordRight, .left]),
            ("\u{7F}\u{8}\u{1B}[3~\u{1B}[3;5~", [.eraseLeft, .eraseLeft, .eraseRight, .eraseWordRight]),
            (
                "\u{15}\u{17}\u{0B}\u{1B}\u{7F}\u{19}",
                [.eraseToStart, .eraseWordLeft, .eraseToEnd, .eraseWordLeft, .restore]
            ),
            ("\r\n\u{4}\u{0C}", [.enter, .enter, .endOfInput, .clear]),
            ("\u{1B}[15~\u{1B}[<0;1;1M\u{1B}[200xa", [.enter, .scalar("a")]),
            ("\u{1B}[200~a\rb\u{1B}[D\u{1B}[201~c", [.paste("a\rb\u{1B}[D"), .scalar("c")]),
            ("\t\u{0}\u{16}", []),
        ] as [(String, [Key])]
    )
    func reads(_ bytes: String, _ expected: [Key]) {
        var decoder = KeyDecoder()
        #expect(bytes.utf8.flatMap { decoder.take($0) } == expected)
    }

    @Test("that are no UTF-8 are told apart from those that are")
    func invalid() {
        var decoder = KeyDecoder()
        let bytes: [UInt8] = [0xF1, 0x61, 0xFF, 0xC3, 0xB1, 0xED, 0xA0, 0x80]
        let bad = Key.scalar("\u{FFFD}")
        #expect(bytes.flatMap { decoder.take($0) } == [bad, .scalar("a"), bad, .scalar("ñ"), bad])
    }

    @Test("of an escape alone are none")
    func escape() {
        var decoder = KeyDecoder()
        #expect(decoder.take(0x1B) == [])
        #expect(decoder.awaitsSequence)
        decoder.abandonSequence()
        #expect(decoder.take(0x62) == [.scalar("b")])
    }
}

@Suite("Line under a person's hands")
struct LineBufferTests {
    @Test("joins what combines, and moves and erases it as one")
    func combines() {
        var line = LineBuffer()
        for scalar in "e\u{301}👩\u{200D}🔬n".unicodeScalars { line.insert(String(Character(scalar))) }
        #expect(line.characters == ["é", "👩\u{200D}🔬", "n"])
        line.move(to: 2)
        #expect(line.erase(to: 1) == "👩\u{200D}🔬")
        line.insert("a\u{308}")
        #expect(line.text == "e\u{301}a\u{308}n")
        #expect(line.cursor == 2)
        line.move(to: -1)
        line.erase(to: 1)
        #expect(line.text == "a\u{308}n")
        #expect(line.cursor == 0)
    }

    @Test("knows words by the blanks between them")
    func words() {
        var line = LineBuffer("uno  dos-tres ")
        #expect(line.startOfWord == 5)
        line.move(to: 3)
        #expect(line.endOfWord == 13)
        #expect(line.startOfWord == 0)
    }
}

/// What a terminal shows that goes on in the next row where one is full, and whose last row moves all others up.
private struct ToyScreen {
    let width: Int
    var height = Int.max
    var rows: [[String]] = [[]]
    var row = 0
    var column = 0

    var text: [String] {
        rows.map { row in String(row.joined().reversed().drop { $0 == " " }.reversed()) }
    }

    mutating func write(_ output: String) {
        var rest = Substring(output)
        while let character = rest.popFirst() {
            switch character {
            case "\r": column = 0
            case "\u{1B}":
                rest.removeFirst()
                let digits = rest.prefix { $0.isNumber }
                rest = rest[digits.endIndex...]
                move(rest.removeFirst(), Int(digits) ?? 1)
            default: put(character)
            }
        }
    }

    private mutating func move(_ final: Character, _ count: Int) {
        switch final {
        case "A": row = max(row - count, 0)
        case "B": row = min(row + count, rows.count - 1)
        case "C": column = min(column + count, width - 1)
        case "H": (row, column) = (0, 0)
        case "J" where count == 2: rows = Array(repeating: [], count: row + 1)
        case "J":
            rows.removeSubrange((row + 1)...)
            rows[row] = Array(rows[row].prefix(column))
        default: Issue.record("a movement of \(final)")
        }
        if final != "C" { column = min(column, width - 1) }
    }

    private mutating func put(_ character: Character) {
        let cells = CellWidth.of(character)
        if column + cells > width {
            (row, column) = (row + 1, 0)
            if row == rows.count { rows.append([]) }
            if row == height {
                rows.removeFirst()
                row -= 1
            }
        }
        while rows[row].count < column + cells { rows[row].append(" ") }
        rows[row][column] = String(character)
        for cell in column + 1..<column + cells { rows[row][cell] = "" }
        column += cells
    }
}

@Suite("Line on a screen")
struct LineScreenTests {
    /// The rows and the place of the cursor after a line was drawn at once.
    private func drawn(_ question: String, _ line: LineBuffer, width: Int) -> (ToyScreen, LineScreen) {
        var (toy, screen) = (ToyScreen(width: width), LineScreen(question, styled: question, width: width))
        toy.write(screen.begin(with: line))
        return (toy, screen)
    }

    @Test("goes on in the next row, where the cursor stands behind a full one")
    func wraps() {
        let (toy, _) = drawn("Name: ", LineBuffer("abcdefghi日本語x"), width: 10)
        #expect(toy.text == ["Name: abcd", "efghi日本", "語x"])
        let (full, _) = drawn("Name: ", LineBuffer("abcd"), width: 10)
        #expect((full.row, full.column) == (1, 0))
        let (control, _) = drawn("", LineBuffer("a\u{202E}\nb"), width: 20)
        #expect(control.text == ["a\\u{202e}\\nb"])
    }

    @Test("is after any changes as if it had been drawn at once", arguments: [7, 10, 33])
    func changes(width: Int) {
        var generator = SystemRandomNumberGenerator()
        let pieces = ["a", "ñ", "e\u{301}", "日", "👍🏽", " ", "largo texto ", "\n"]
        var line = LineBuffer()
        var (toy, screen) = drawn("¿Qué? ", line, width: width)
        for _ in 0..<400 {
            switch Int.random(in: 0..<6, using: &generator) {
            case 0...2: line.insert(pieces.randomElement(using: &generator) ?? "")
            case 3: line.move(to: Int.random(in: -1...line.characters.count + 1, using: &generator))
            case 4: line.erase(to: line.cursor - 1)
            default: line.erase(to: line.cursor + Int.random(in: -3...3, using: &generator))
            }
            toy.write(screen.update(to: line))
            let (expected, _) = drawn("¿Qué? ", line, width: width)
            #expect(toy.text.filter { !$0.isEmpty } == expected.text.filter { !$0.isEmpty })
            #expect((toy.row, toy.column) == (expected.row, expected.column))
        }
    }

    @Test("shows the rows around the cursor of more than the screen has", arguments: [(7, 1), (10, 3), (11, 4)])
    func scrolls(width: Int, height: Int) {
        var generator = SystemRandomNumberGenerator()
        let pieces = ["a", "日本", "largo texto que sigue ", "e\u{301}", "\n"]
        var line = LineBuffer()
        var toy = ToyScreen(width: width, height: height)
        // Something stands above the question.
        for _ in 1..<height { toy.write(String(repeating: "-", count: width)) }
        toy.write(" \r")
        var screen = LineScreen("¿Qué? ", styled: "¿Qué? ", width: width, height: height)
        toy.write(screen.begin(with: line))
        for _ in 0..<400 {
            switch Int.random(in: 0..<6, using: &generator) {
            case 0...2: line.insert(pieces.randomElement(using: &generator) ?? "")
            case 3: line.move(to: Int.random(in: -1...line.characters.count + 1, using: &generator))
            case 4: line.erase(to: line.cursor - 9)
            default: line.erase(to: line.cursor + Int.random(in: -30...30, using: &generator))
            }
            toy.write(screen.update(to: line))
            let (whole, _) = drawn("¿Qué? ", line, width: width)
            let top = whole.row - toy.row
            let seen = whole.text.filter { !$0.isEmpty }
            #expect(toy.column == whole.column)
            #expect(toy.text[toy.row] == whole.text[whole.row])
            if whole.rows.count >= height {
                #expect(toy.text == Array(whole.text[top..<top + height]))
            } else {
                #expect(toy.text.filter { !$0.isEmpty }.suffix(seen.count) == seen[...])
            }
        }
        toy.write(screen.goToEnd())
        let (end, _) = drawn("¿Qué? ", LineBuffer(line.text), width: width)
        #expect(toy.text[toy.row] == end.text[end.row])
    }

    @Test("has its cursor where a character is that is too wide for what is left of a row")
    func wideAtTheEdge() {
        var line = LineBuffer("abc日x")
        var (toy, screen) = drawn("", line, width: 4)
        line.move(to: 3)
        toy.write(screen.update(to: line))
        #expect((toy.row, toy.column) == (1, 0))
        line.erase(to: 2)
        toy.write(screen.update(to: line))
        #expect(toy.text == ["ab日", "x"])
        #expect((toy.row, toy.column) == (0, 2))
    }

    @Test("is drawn again where the terminal gets another width")
    func resizes() {
        let line = LineBuffer("abcdefghij")
        let (_, screen) = drawn("Name: ", line, width: 8)
        var narrow = screen
        // A terminal that breaks its rows anew.
        var (toy, _) = drawn("Name: ", line, width: 12)
        toy.write(narrow.resize(to: 12, with: line))
        #expect(toy.text == ["Name: abcdef", "ghij"])
    }
}
