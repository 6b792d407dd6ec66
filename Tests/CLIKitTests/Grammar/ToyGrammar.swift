import CLIKit
import Localization

/// The grammar of a small program that keeps a shelf of books, with one of everything a grammar can have.
enum ToyGrammar {
    static let fields = Text(en: "Fields", es: "Campos")
    static let common = Text(en: "Common", es: "Comunes")

    static let database = ValueOption<String>(
        "db",
        "FILE",
        summary: Text(en: "File to use", es: "Archivo que se usa"),
        discussion: Text(en: "It is made when it is not there.", es: "Se crea si no existe."),
        group: common,
        completion: .files
    )
    static let json = Flag("json", summary: Text(en: "Print JSON", es: "Mostrar JSON"), discussion: "", group: common)
    static let quiet = Flag(
        "quiet",
        short: "q",
        summary: Text(en: "Print no hints", es: "Sin avisos"),
        discussion: "",
        group: common
    )
    static let version = Flag(
        "version",
        isInherited: false,
        summary: Text(en: "Print the version", es: "Mostrar la versión"),
        discussion: "",
        group: common
    )
    static let author = ValueOption<String>(
        "author",
        short: "a",
        "NAME",
        summary: Text(en: "Who wrote it", es: "Quién lo escribió"),
        discussion: Text(en: "The name as the book has it.", es: "El nombre como lo tiene el libro."),
        group: fields
    ).required()
    static let tag = ListOption<String>(
        "tag",
        short: "t",
        "WORD",
        summary: Text(en: "A tag", es: "Una etiqueta"),
        discussion: "",
        group: fields
    )
    static let active = Switch(
        "active",
        short: "A",
        summary: Text(en: "Whether it can be lent", es: "Si se puede prestar"),
        discussion: "",
        group: fields
    )
    static let closeDate = ValueOption<String>(
        "close-date",
        "DATE",
        summary: Text(en: "When it was read", es: "Cuándo se leyó"),
        discussion: "",
        group: fields
    )
    static let status = ValueOption<Status>(
        "status",
        "STATUS",
        among: [
            (.wanted, Text(en: "Wanted", es: "Deseado")), (.inHand, Text(en: "In hand", es: "En mano")),
            (.inBox, Text(en: "In a box", es: "En una caja")),
        ],
        summary: Text(en: "How far it is", es: "Cómo va"),
        discussion: "",
        group: fields
    )
    static let folder = ValueOption<String>(
        "folder",
        "FOLDER",
        summary: Text(en: "Where its scans are", es: "Dónde está"),
        discussion: "",
        completion: .folders
    )
    static let edition = ValueOption<String>(
        "version",
        "TEXT",
        summary: Text(en: "Its edition", es: "Su edición"),
        discussion: "",
        group: fields
    )

    enum Status: String {
        case wanted
        case inHand = "in_hand"
        case inBox = "in:box"
    }

    static func shelf(named name: String = "shelf") -> Command {
        Command(
            name,
            summary: Text(en: "Keep books", es: "Guardar libros"),
            discussion: [],
            options: [database, json, quiet, version, Flag.help(group: common)],
            sections: [
                Section(
                    title: "EXIT STATUS",
                    [
                        .paragraph("'shelf' follows grep(1)."),
                        .definitions([(term: "0", meaning: "Done."), (term: "2", meaning: "Usage")]),
                        .code(".first line\n'second -- line\\"),
                    ]
                )
            ],
            subcommands: [
                Subcommand("book", aliases: ["libro"], summary: Text(en: "Books", es: "Libros"), make: book),
                Subcommand(
                    "reading-list",
                    summary: Text(en: "Lists", es: "Listas"),
                    group: Text(en: "More", es: "Más"),
                    make: readingList
                ),
                Subcommand("check", summary: Text(en: "Check the shelf", es: "Revisar el estante")) {
                    Command("check", summary: Text(en: "Check the shelf", es: "Revisar el estante"), discussion: []) {}
                },
                Subcommand("__complete", summary: "", isHidden: true) {
                    Command("__complete", summary: "", discussion: [], operands: [Operand("WORD", .any, summary: "")]) {
                    }
                },
            ]
        )
    }

    @Sendable private static func book() -> Command {
        Command(
            "book",
            summary: Text(en: "Books", es: "Libros"),
            discussion: [],
            subcommands: [
                Subcommand("add", aliases: ["new"], summary: Text(en: "Add a book", es: "Agregar un libro"), make: add),
                Subcommand("list", summary: Text(en: "List books", es: "Listar libros")) {
                    Command("list", summary: Text(en: "List books", es: "Listar libros"), discussion: []) {}
                },
                Subcommand("lend", summary: Text(en: "Lend books", es: "Prestar libros"), make: lend),
            ]
        )
    }

    @Sendable private static func readingList() -> Command {
        Command(
            "reading-list",
            summary: Text(en: "Lists", es: "Listas"),
            discussion: [],
            subcommands: [
                Subcommand("show", summary: Text(en: "Show a list", es: "Mostrar una lista")) {
                    Command(
                        "show",
                        summary: Text(en: "Show a list", es: "Mostrar una lista"),
                        discussion: [],
                        operands: [Operand("NAME", .optional, summary: "Its name", completion: .dynamic("list"))]
                    ) {}
                }
            ]
        )
    }

    @Sendable private static func add() -> Command {
        Command(
            "add",
            summary: Text(en: "Add a book", es: "Agregar un libro"),
            discussion: [
                Text(
                    en: "The title is taken as it is. A book that is already there is added once more, since one can "
                        + "have two copies of it.",
                    es: "El título se toma tal cual. Un libro que ya está se agrega otra vez, pues puede haber dos "
                        + "ejemplares."
                )
            ],
            operands: [Operand("TITLE", summary: Text(en: "What it is called", es: "Cómo se llama"))],
            options: [author, tag, active, closeDate, status, folder, edition],
            examples: [
                Example("shelf book add Emma --author Austen", Text(en: "Adds one book", es: "Agrega un libro"))
            ],
            seeAlso: ["book list"]
        ) {}
    }

    @Sendable private static func lend() -> Command {
        Command(
            "lend",
            summary: Text(en: "Lend books", es: "Prestar libros"),
            discussion: [],
            operands: [
                Operand("PERSON", summary: "Who gets them", completion: .dynamic("person")),
                Operand("BOOK", .oneOrMore, summary: "The books", completion: .dynamic("book")),
            ]
        ) {}
    }
}
