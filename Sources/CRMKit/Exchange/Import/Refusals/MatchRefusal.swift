import Localization

/// The reasons why a row cannot be applied to the record that it matches.
enum MatchRefusal {
    /// Returns the error that an earlier row of the input is about the same record.
    ///
    /// The message has no id: a record that the earlier row created will not exist after the error.
    static func repeated(as first: Text, in module: Module) -> CRMError {
        CRMError(
            .refused,
            Text(
                en:
                    "this is the same \(module.one.en) as \(first.en) is: give them what tells them apart before importing this one, or \(repeating) to let the later one decide",
                es:
                    "es del mismo registro, igual que la \(first.es): darles lo que los distingue antes de importar esta, o \(repeating) para que decida la posterior"
            )
        )
    }

    /// The option by which a later row about a record decides. Among the reasons to refuse a row it marks those for which
    /// another row of the input was about its record.
    private static let repeating = "--on-repeat last"

    /// Whether a row was refused because an earlier one was about the same record, according to the reason in a file of
    /// rejected rows.
    static func isRepetition(_ reason: String) -> Bool { reason.contains(repeating) }

    /// Returns the error that nothing tells a row from another one about its record, though an earlier import has refused
    /// it for that.
    static func stillRepeated(_ record: Int64, in module: Module) -> CRMError {
        let called = module.called(record)
        return CRMError(
            .refused,
            Text(
                en: """
                    was refused as the same \(module.one.en) as another row, and is still \(called.en): give it what tells \
                    it apart, or \(repeating) to let it decide, or empty its "error"
                    """,
                es: """
                    se rechazó por ser del mismo registro que otra fila, y sigue siendo \(called.es): darle lo que la \
                    distingue, o \(repeating) para que decida, o vaciar su «error»
                    """
            )
        )
    }

    /// Returns the advice to match rows by a key, so that they apply to the records with their values.
    static func matching(by key: String) -> Text {
        Text(en: "with --match \(key) the row is about that one", es: "con --match \(key) la fila es de ese")
    }

    /// Returns the advice on rows of one record that do not follow each other, or contradict each other.
    static func joining(by key: String) -> Text {
        Text(
            en: """
                sort the rows so that those of one follow each other, or give --match \(key), which joins them, and \
                \(together.en)
                """,
            es: """
                ordenar las filas para que las de uno vayan seguidas, o dar --match \(key), que las une, e \(together.es)
                """
        )
    }

    /// What to do with rows when other rows of their record were taken: alone they would replace those. These words
    /// also mark the reason for refusing such a row.
    private static let together = Text(
        en: "import all its rows together",
        es: "importar juntas todas sus filas"
    )

    /// Whether a row was refused while others of the same record were taken, according to the reason in a file of
    /// rejected rows.
    static func isOfTaken(_ reason: String) -> Bool {
        Language.allCases.contains { reason.contains(together(in: $0)) }
    }

    /// Returns why a row that goes on with the rows of a part of a record is not to be imported by itself once it is
    /// mended.
    ///
    /// - Parameter first: the words for the earlier row of the record, which is not rejected.
    static func goingOn(with first: Text) -> Text {
        Text(
            en: "goes on with the record of \(first.en), which is not rejected: \(together.en)",
            es: "continúa el registro de la \(first.es), que no se rechaza: \(together.es)"
        )
    }

    /// Returns the error that rows go on with others that an earlier import took, according to its reason to refuse
    /// them.
    static func ofTaken(in module: Module) -> CRMError {
        CRMError(
            .refused,
            Text(
                en: """
                    was refused while other rows of the same \(module.one.en) were taken, which it would replace: \
                    \(together.en), with an empty "error"
                    """,
                es: """
                    se rechazó mientras otras filas del mismo registro se tomaron, y las sustituiría: \(together.es), con \
                    «error» vacío
                    """
            )
        )
    }

    /// Returns the error that a row belongs to a record with too many rows to examine them again.
    static func scattered(after first: Text, most: Int) -> CRMError {
        CRMError(
            .refused,
            Text(
                en:
                    "goes on with the record of \(first.en), which has more than \(most) rows: sort the input so that they follow each other",
                es:
                    "continúa el registro de \(first.es), que tiene más de \(most) filas: ordenar la entrada para que vayan seguidas"
            )
        )
    }

    /// Returns the error that an earlier row about the same record was rejected.
    static func rest(of first: Text) -> CRMError {
        CRMError(
            .refused,
            Text(
                en: "goes on with the record of \(first.en), which was rejected: mend that one, and both are taken",
                es: "continúa el registro de la \(first.es), que se rechazó: corregir esa, y se toman las dos"
            )
        )
    }

    /// Returns the error that rows which say nothing of what they are about are fewer than the stored ones that they
    /// would replace.
    ///
    /// - Parameter subject: a field of the part that says what a row is about.
    static func partial(_ part: Part, of count: Int, _ subject: Field) -> CRMError {
        let column = "\(part.name).\(subject.key)"
        return CRMError(
            .invalid,
            Text(
                en: "the rows would replace all \(count) \(part.plural.en.lowercased()) and do not say which they are",
                es: """
                    las filas sustituirían \(part.spanish.agreeing("los", "las")) \(part.spanish.counted(count)) y no dicen \
                    cuáles son
                    """
            ),
            hint: Text(
                en: """
                    give each of them a row, or the column \(column) to leave only those; one alone is changed with \
                    '\(part.name) edit'
                    """,
                es: """
                    dar una fila a cada una, o la columna \(column) para dejar solo esas; una sola se cambia con \
                    «\(part.name) edit»
                    """
            )
        )
    }

    /// Returns the error that no record has the id, when it was not declared to be of this database.
    ///
    /// - Parameter references: the columns by which the row refers to other records by ids.
    static func strange(_ id: Int64, in module: Module, references: RowPlan.IDReferences) -> CRMError {
        let missing = Store.missing(id, in: module).message
        let others = foreignIDs(references)
        return CRMError(
            .notFound,
            Text(
                en: """
                    \(missing.en); to add the row as a new record pass the column over with --map id=-, or keep a number of \
                    another program with --map id=external_id\(others.en)
                    """,
                es: """
                    \(missing.es); para agregar la fila como registro nuevo, omitir la columna con --map id=-, o guardar un \
                    número de otro programa con --map id=external_id\(others.es)
                    """
            )
        )
    }

    /// Returns the advice on further columns with ids of another database.
    private static func foreignIDs(_ references: RowPlan.IDReferences) -> Text {
        let keys = (references.fields + references.others).joined(separator: ", ")
        guard !keys.isEmpty else { return Text("") }
        let remedy =
            references.fields.first.map {
                Text(
                    en: "export it with --columns, \($0).name for \($0)",
                    es: "exportarla con --columns, \($0).name por \($0)"
                )
            }
            ?? Text(
                en: "name those records by what both databases know, name:… or another key",
                es: "indicar esos registros por lo que ambas bases conocen, name:… u otra clave"
            )
        return Text(
            en: "; the ids in \(keys) are of that database too: \(remedy.en)",
            es: "; los ids de \(keys) también son de esa base: \(remedy.es)"
        )
    }

    /// Returns the advice on a column with ids of another database.
    ///
    /// - Parameter isMember: whether the names are given together with the ids, as in JSON, and not in a separate
    ///   column.
    static func foreignReference(_ key: String, isMember: Bool) -> Text {
        let (en, es) =
            isMember
            ? ("\(key)=\(key).name takes their names", "\(key)=\(key).name toma sus nombres")
            : ("\(key)=- takes the names beside them", "\(key)=- toma los nombres que están a su lado")
        return Text(
            en: "ids are those of one database: --map \(en)",
            es: "los ids son los de una sola base de datos: --map \(es)"
        )
    }

    /// Returns the error that the record with the row's id has another name than the row says.
    ///
    /// - Parameters:
    ///   - key: the key of the field that refers to the record.
    ///   - isMember: see ``foreignReference(_:isMember:)``.
    static func otherName(
        _ present: String,
        of id: Int64,
        in target: Module,
        not name: String,
        key: String,
        isMember: Bool
    ) -> CRMError {
        let (called, remedy) = (target.called(id), foreignReference(key, isMember: isMember))
        let ids = isMember ? Text("") : Text(en: ", --map \(key).name=- the ids", es: ", --map \(key).name=- los ids")
        return CRMError(
            .refused,
            Text(
                en: "\(called.en) is \"\(present)\" here, not \"\(name)\"; \(remedy.en)\(ids.en)",
                es: "\(called.es) es «\(present)» aquí, no «\(name)»; \(remedy.es)\(ids.es)"
            )
        )
    }

    /// Returns the error that a record to which a row of a part refers by id has another name, in JSON.
    static func otherName(_ present: String, of id: Int64, in target: Module, not name: String) -> CRMError {
        let called = target.called(id)
        return CRMError(
            .refused,
            Text(
                en: """
                    \(called.en) is "\(present)" here, not "\(name)"; ids are those of one database: write name:… or \
                    another of its keys in place of the id and the name
                    """,
                es: """
                    \(called.es) es «\(present)» aquí, no «\(name)»; los ids son los de una sola base de datos: escribir \
                    name:… u otra de sus claves en lugar del id y el nombre
                    """
            )
        )
    }

    /// Returns the error that the record with the id seems to be another one, when the id was not declared to be of
    /// this database.
    ///
    /// - Parameter references: the columns by which the row refers to other records by ids.
    static func foreign(_ record: Record, references: RowPlan.IDReferences) -> CRMError {
        let others = foreignIDs(references)
        let called = record.module.called(record.id)
        let name = record[record.module.displayKey].text.map { " (\($0))" } ?? ""
        return CRMError(
            .refused,
            Text(
                en: """
                    the id is that of \(called.en)\(name), with which the row has nothing in common: give --match id to \
                    change it all the same, --map id=- to add a new record, or --map id=external_id to keep a number of \
                    another program with it\(others.en)
                    """,
                es: """
                    el id es el de \(called.es)\(name), con el que la fila no tiene nada en común: dar --match id para \
                    cambiarlo de todos modos, --map id=- para agregar un registro nuevo, o --map id=external_id para guardar \
                    con él un número de otro programa\(others.es)
                    """
            )
        )
    }
}
