import CLIKit
import Localization

/// The grammar of a small program that keeps a shelf of books, with one of everything a grammar can have.
enum ToyGrammar {
    static let fields = Text(en: "Fields", es: "Campos")
    static let common = Text(en: "Common", es: "Comunes")

    static func shelf(named name: String = "shelf") -> Command {
        Command(
            name,
            summary: Text(en: "Keep books", es: "Guardar libros"),
            options: [
                Option(
                    "db",
                    .value("FILE"),
                    summary: Text(en: "File to use", es: "Archivo que se usa"),
                    group: common,
                    completion: .files
                ),
                Option("json", summary: Text(en: "Print JSON", es: "Mostrar JSON"), group: common),
                Option("quiet", short: "q", summary: Text(en: "Print no hints", es: "Sin avisos"), group: common),
                Option(
                    "version",
                    isInherited: false,
                    summary: Text(en: "Print the version", es: "Mostrar la versión"),
                    group: common
                ),
                .help(group: common),
            ],
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
                    Command("check", summary: Text(en: "Check the shelf", es: "Revisar el estante"))
                },
                Subcommand("__complete", summary: "", isHidden: true) {
                    Command("__complete", summary: "", operands: [Operand("WORD", .any, summary: "")])
                },
            ]
        )
    }

    @Sendable private static func book() -> Command {
        Command(
            "book",
            summary: Text(en: "Books", es: "Libros"),
            subcommands: [
                Subcommand("add", aliases: ["new"], summary: Text(en: "Add a book", es: "Agregar un libro"), make: add),
                Subcommand("list", summary: Text(en: "List books", es: "Listar libros")) {
                    Command("list", summary: Text(en: "List books", es: "Listar libros"))
                },
                Subcommand("lend", summary: Text(en: "Lend books", es: "Prestar libros"), make: lend),
            ]
        )
    }

    @Sendable private static func readingList() -> Command {
        Command(
            "reading-list",
            summary: Text(en: "Lists", es: "Listas"),
            subcommands: [
                Subcommand("show", summary: Text(en: "Show a list", es: "Mostrar una lista")) {
                    Command(
                        "show",
                        summary: Text(en: "Show a list", es: "Mostrar una lista"),
                        operands: [Operand("NAME", .optional, summary: "Its name", completion: .dynamic("list"))]
                    )
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
            options: [
                Option(
                    "author",
                    short: "a",
                    .value("NAME"),
                    isRequired: true,
                    summary: Text(en: "Who wrote it", es: "Quién lo escribió"),
                    group: fields
                ),
                Option(
                    "tag",
                    short: "t",
                    .value("WORD"),
                    isRepeatable: true,
                    summary: Text(en: "A tag", es: "Una etiqueta"),
                    group: fields
                ),
                Option(
                    "active",
                    short: "A",
                    .boolean,
                    summary: Text(en: "Whether it can be lent", es: "Si se puede prestar"),
                    group: fields
                ),
                Option(
                    "close-date",
                    .value("DATE"),
                    summary: Text(en: "When it was read", es: "Cuándo se leyó"),
                    group: fields
                ),
                Option(
                    "status",
                    .value("STATUS"),
                    summary: Text(en: "How far it is", es: "Cómo va"),
                    group: fields,
                    completion: .words([
                        (word: "wanted", summary: Text(en: "Wanted", es: "Deseado")),
                        (word: "in_hand", summary: Text(en: "In hand", es: "En mano")),
                        (word: "in:box", summary: Text(en: "In a box", es: "En una caja")),
                    ])
                ),
                Option(
                    "folder",
                    .value("FOLDER"),
                    summary: Text(en: "Where its scans are", es: "Dónde está"),
                    completion: .folders
                ),
                Option("version", .value("TEXT"), summary: Text(en: "Its edition", es: "Su edición"), group: fields),
            ],
            examples: [
                Example("shelf book add Emma --author Austen", Text(en: "Adds one book", es: "Agrega un libro"))
            ],
            seeAlso: ["book list"]
        )
    }

    @Sendable private static func lend() -> Command {
        Command(
            "lend",
            summary: Text(en: "Lend books", es: "Prestar libros"),
            operands: [
                Operand("PERSON", summary: "Who gets them", completion: .dynamic("person")),
                Operand("BOOK", .oneOrMore, summary: "The books", completion: .dynamic("book")),
            ]
        )
    }
}
