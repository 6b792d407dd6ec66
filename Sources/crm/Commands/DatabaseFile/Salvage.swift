import CLIKit
import CRMKit
import Formats
import Localization

/// `crm salvage DAMAGED -o NEW`: copies all readable data of a damaged database into a new one.
enum SalvageCommand: ProgramCommand {
    static let name = "salvage"
    static let summary = Text(
        en: "Take what can be read out of a damaged database",
        es: "Rescatar lo legible de una base de datos dañada"
    )

    static let output = ValueOption<String>(
        "output",
        short: "o",
        Placeholder.file,
        summary: Text(en: "The new database to make", es: "La base de datos nueva que se crea"),
        discussion: Text(
            en: "A file that is there is never written over.",
            es: "Nunca se escribe sobre un archivo que exista."
        ),
        completion: .files
    )
    .synonyms("salida destino nuevo archivo out to into new file")

    private static let discussion = [
        Text(
            en: """
                Reads a damaged database page by page, whichever of them is damaged or missing, and makes a new one \
                of every row that can be read. The damaged file is not written to; what stands in its -wal file \
                is read too. The new database is one that check finds sound, and there only when it is whole. A \
                file of an earlier version of the program is upgraded on the way. Nobody should be using the damaged \
                file meanwhile.
                """,
            es: """
                Lee una base de datos dañada página por página, sea cual sea la que está dañada o falta, y crea una \
                nueva con cada fila que se puede leer. No se escribe en el archivo dañado; también se lee lo que hay \
                en su archivo -wal. La base de datos nueva es una que check encuentra en buen estado, y aparece solo \
                cuando está completa. Un archivo de una versión anterior del programa se actualiza de paso. \
                Nadie debería estar usando el archivo dañado mientras tanto.
                """
        ),
        Text(
            en: """
                Prints for every table how many rows were read, how many of those were left out since they belong to \
                what is lost or hold what cannot be, how many of their values are not what they were, how many \
                rows were lost at most, and where: between which ids, and on which pages of the file. A value that \
                cannot be read, or that its field cannot have, is emptied and told, and the rest of its row kept; \
                where there must be one, it is the default of the field. A reference to a lost record is emptied; where there must be one, an \
                empty record of that id stands for it, called lost and its id. The history is no more whole than \
                the rows: undo nothing that was done before the salvage. It ends with 6 where something was lost.
                """,
            es: """
                Imprime de cada tabla cuántas filas se leyeron, cuántas de ellas se omitieron porque pertenecen a algo \
                perdido o contienen lo que no puede ser, cuántos de sus valores no son lo que eran, cuántas filas se \
                perdieron como máximo, y dónde: entre qué ids y en qué páginas del archivo. Un valor que no se puede \
                leer, o que su campo no puede tener, se vacía y se informa, y el resto de la fila se conserva; donde \
                tiene que haber uno, es el predeterminado del campo. Una referencia a un registro perdido se vacía; donde tiene que haber uno, \
                lo sustituye un registro vacío con ese id, llamado perdido y su id. El historial no está más \
                completo que las filas: no deshacer nada hecho antes del rescate. Termina con 6 si algo se perdió.
                """
        ),
        Text(
            en: """
                Whether the bytes of documents are those that were stored is told by document verify. A backup that \
                is sound is better than what can be salvaged: \(ProgramName.placeholder) restore.
                """,
            es: """
                Si los bytes de los archivos guardados son los que se guardaron lo dice document verify. Una copia de \
                seguridad en buen estado es mejor que lo que se rescate: \(ProgramName.placeholder) restore.
                """
        ),
    ]

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: discussion,
            operands: [
                Operand(
                    Placeholder.file,
                    .one,
                    summary: Text(en: "the damaged database", es: "la base de datos dañada"),
                    completion: .files
                )
                .synonyms("archivo fichero dañado damaged database base from path ruta")
            ],
            options: [output],
            examples: [
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) salvage crm.db -o salvaged.db",
                        es: "\(ProgramName.placeholder) salvage crm.db -o rescatada.db"
                    ),
                    Text(en: "Read what there is to read", es: "Leer lo que se pueda leer")
                ),
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) --db salvaged.db check",
                        es: "\(ProgramName.placeholder) --db rescatada.db check"
                    ),
                    Text(en: "Look the new one over", es: "Revisar la nueva")
                ),
            ],
            seeAlso: ["check", "restore", "backup"],
            synonyms: ["rescatar", "salvar", "recover", "rescue", "repair"],
            run: run
        )
        .withoutIDs
    }

    @Sendable private static func run(in session: Session) throws {
        try session.refuseInBatch()
        let damaged = session.invocation.operands[0]
        guard let place = session.invocation[output], place != "-" else {
            throw CRMError(
                .usage,
                Text(en: "name the new database to make", es: "indicar la base de datos nueva que se crea"),
                hint: Text(
                    en: "give it with --output FILE; a database goes to no standard output",
                    es: "darla con --output ARCHIVO; una base de datos no va a la salida estándar"
                )
            )
        }
        guard FileStatus.exists(damaged) else {
            throw CRMError(.notFound, Text(en: "there is no file \(damaged)", es: "no existe el archivo \(damaged)"))
        }
        let file = FilePath.target(of: damaged)
        for suffix in ["", "-wal", "-shm", "-journal"] {
            try session.checkIsFree(place, for: output.spelling, reading: [file + suffix])
        }
        let salvage = Salvage(
            of: damaged,
            modules: session.modules,
            steps: MigrationStep.exchange,
            clock: try session.clock()
        )
        session.interruption.hold()
        let interruption = session.interruption
        let report = try CRMError.makingFile(place) { () throws(CRMError) in
            try salvage.run(
                into: place,
                session.writeRequest(),
                naming: { id in Text(en: "lost \(id)", es: "perdido \(id)")(in: session.language) },
                unless: { interruption.isRequested }
            )
        }
        session.interruption.pass()
        try session.tell(report, place)
        if !report.isWhole { throw CommandFailure(status: ExitStatus.rejected) }
    }
}

extension Session {
    fileprivate func tell(_ report: SalvageReport, _ place: String) throws {
        try printListing(of: SalvageReport.Table.columns) { listing in
            for table in report.tables { try listing.write(table.row(in: language)) }
        }
        try self.report(report.notes)
        try note(
            Text(
                en: "rows read: \(report.read); the new database is \(place)",
                es: "filas leídas: \(report.read); la base de datos nueva es \(place)"
            )
        )
        let counts = [
            (report.leftOut, Text(en: "rows left out", es: "filas omitidas")),
            (report.strayRows, Text(en: "rows of which nothing tells the table", es: "filas de tabla desconocida")),
            (report.changed, Text(en: "values that could not be kept", es: "valores que no se pudieron conservar")),
            (report.substitutes, Text(en: "empty records in place of lost ones", es: "registros vacíos por perdidos")),
        ]
        try self.report(counts.filter { $0.0 > 0 }.map { Text(en: "\($1.en): \($0)", es: "\($1.es): \($0)") })
        for value in report.changedValues { try note(value.note(by: registry)) }
        if report.changed > report.changedValues.count {
            let rest = report.changed - report.changedValues.count
            try note(Text(en: "and \(rest) more values", es: "y \(rest) valores más"))
        }
        try self.report(report.findings.map(\.text))
        guard report.isWhole else { return }
        try note(Text(en: "nothing was lost", es: "no se perdió nada"))
    }
}

extension SalvageReport.Table {
    /// The columns of tables.
    static let columns = [
        Listing.Column("table", .string, en: "Table", es: "Tabla"),
        Listing.Column("read", .count, en: "Read", es: "Leídas"),
        Listing.Column("left_out", .count, en: "Left out", es: "Omitidas"),
        Listing.Column("changed", .count, en: "Values changed", es: "Valores cambiados"),
        Listing.Column("lost_at_most", .count.orNull, en: "Lost at most", es: "Perdidas como máximo"),
        Listing.Column("ids", .array(of: rangeOfIDs), en: "Lost among the ids", es: "Perdidas entre los ids"),
        Listing.Column("pages", .array(of: .integer(in: 1...Int64.max)), en: "Damaged pages", es: "Páginas dañadas"),
    ]

    private static let rangeOfIDs = JSONSchema.object([
        ("first", .integer(in: 1...Int64.max)), ("last", .integer(in: 1...Int64.max).orNull),
    ])

    fileprivate func row(in language: Language) -> Listing.Row {
        let ids = lost.map { range in
            range.lowerBound == range.upperBound
                ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.end.map(String.init) ?? "")"
        }
        let unknown = Text(en: "unknown", es: "se desconoce")(in: language)
        let rest = [ids.joined(separator: ", "), pages.map(String.init).joined(separator: ", ")]
        let counts = [read, leftOut, changed].map { String($0) }
        return Listing.Row(
            machine: [name] + counts + [mostLost.map(String.init) ?? ""] + rest,
            people: [label(in: language)] + counts + [mostLost.map(String.init) ?? unknown] + rest,
            json: Self.columns.object([
                .string(name), .integer(Int64(read)), .integer(Int64(leftOut)), .integer(Int64(changed)),
                .integer(mostLost), .array(lost.map(\.json)), .array(pages.map { .integer(Int64($0)) }),
            ])
        )
    }
}

extension ClosedRange<Int64> {
    /// The last number; `nil` if the range has no end.
    fileprivate var end: Int64? { upperBound == Int64.max ? nil : upperBound }
    fileprivate var json: JSONValue {
        .object([JSONMember("first", .integer(lowerBound)), JSONMember("last", .integer(end))])
    }
}
