import CLIKit
import Testing

@Suite("Help")
struct HelpTests {
    let root = CommandPath(root: ToyGrammar.shelf())

    @Test("of a verb shows all its parts")
    func verb() throws {
        let help = Help(of: try root.descending(["book", "add"]), in: .english, width: 72)
        #expect(
            help.text == """
                Usage: shelf book add [options] TITLE

                Add a book

                The title is taken as it is. A book that is already there is added once
                more, since one can have two copies of it.

                Operands:
                  TITLE  What it is called

                Fields:
                  -a, --author NAME      Who wrote it (required)
                  -t, --tag WORD         A tag (may be repeated)
                  -A, --[no-]active      Whether it can be lent
                      --close-date DATE  When it was read
                      --status STATUS    How far it is: wanted, in_hand, in:box (In a
                                         box)
                      --version TEXT     Its edition

                Options:
                      --folder FOLDER    Where its scans are

                Options that all commands take: shelf help options

                Examples:
                  shelf book add Emma --author Austen
                      Adds one book

                See also:
                  shelf book list --help

                """
        )
    }

    @Test("of the program lists its commands under their headings, in the reader's language, without the hidden ones")
    func program() {
        #expect(
            Help(of: root, in: .spanish).text == """
                Uso: shelf [opciones] COMANDO

                Guardar libros

                Comandos:
                  book, libro   Libros
                  check         Revisar el estante

                Más:
                  reading-list  Listas

                Comunes:
                      --db FILE  Archivo que se usa
                      --json     Mostrar JSON
                  -q, --quiet    Sin avisos
                      --version  Mostrar la versión
                  -h, --help     Mostrar la ayuda y salir

                """
        )
    }

    @Test("of a bare group is short and points on")
    func group() throws {
        #expect(
            Help(of: try root.descending(["book"]), in: .english).shortText == """
                Usage: shelf book [options] COMMAND

                Books

                Commands:
                  add, new  Add a book
                  list      List books
                  lend      Lend books

                See 'shelf book --help' for its options and 'shelf book COMMAND --help' for a
                command.

                """
        )
    }

    @Test("sets headings in bold only when asked")
    func style() {
        #expect(
            Help(of: root, in: .english, style: Style(usesColor: true)).text.hasPrefix("\u{1B}[1mUsage:\u{1B}[0m shelf")
        )
        #expect(
            Help(of: root, in: .english, style: Style(usesColor: true)).text.contains("\u{1B}[1mCommon:\u{1B}[0m\n")
        )
        #expect(!Help(of: root, in: .english).text.contains("\u{1B}"))
    }

    @Test("fits any width", arguments: [0, 40, 60, 80, 200])
    func width(width: Int) throws {
        for line in ["", "book", "book add", "book lend", "check"] {
            let path = try root.descending(line.split(separator: " ").map(String.init))
            for row in Help(of: path, in: .spanish, width: width).text.split(separator: "\n") {
                #expect(row.count <= max(width, 40), "\(row)")
            }
        }
    }

    @Test("shows a chapter on its own")
    func chapter() throws {
        let section = try #require(root.leaf.sections.first)
        #expect(
            Help(of: root, in: .english).text(of: section) == """
                EXIT STATUS

                'shelf' follows grep(1).

                  0  Done.
                  2  Usage

                  .first line
                  'second -- line\\

                """
        )
    }

    @Test("is found by words, which fail as on the command line")
    func descending() {
        #expect(throws: UsageError.unknownCommand(word: "lst", command: "shelf book", suggestions: ["list"])) {
            try root.descending(["book", "lst"])
        }
    }
}
