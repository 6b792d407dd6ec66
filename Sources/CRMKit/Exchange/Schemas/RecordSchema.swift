import Localization

/// The schemas of what commands print about records, derived from the definitions of modules and reports.
extension JSONSchema {
    /// Returns the schema of a record as `show --json` prints it, and, without `related`, of each element printed by
    /// `list`.
    ///
    /// - Parameter registry: the registry, for the modules counted under `related`.
    public static func record(of module: Module, in registry: Registry) -> JSONSchema {
        let fields = module.fields.map { ($0.key, JSONSchema(of: $0)) }
        let counts = registry.relatedModules(of: module).map { ($0.name.rawValue, count.titled($0.plural)) }
        let related = object(counts).titled(
            Text(en: "How much hangs on the record", es: "Cuánto depende del registro"),
            description: "Only where whole records are printed: by show, add and edit."
        )
        let parts = module.shownParts.map { ($0.key, rows(of: $0)) }
        let merged = array(of: identifier).titled(
            Text(en: "Merged from", es: "Fusionado de"),
            description: "The ids of the records that were merged into it; where related is."
        )
        let beside = [("related", related)] + (module.merging == nil ? [] : [(LineKey.mergedFrom, merged)])
        return object(
            fields + parts + beside,
            optional: Set((parts + beside).map(\.0))
        ).titled(module.label)
    }

    /// Returns the schema of a row of a part, within its record and as `crm MODULE PART list --json` prints it.
    public static func row(of part: Part) -> JSONSchema {
        let position = integer(in: 1...Int64(Int32.max)).titled(Text(en: "Position", es: "Posición"))
        let row = object([(Part.positionKey, position)] + part.fields.map { ($0.key, JSONSchema(of: $0)) })
        return row.titled(part.label)
    }

    /// Returns the schema of the rows of a part within their record.
    private static func rows(of part: Part) -> JSONSchema {
        array(of: row(of: part)).titled(
            part.plural,
            description: "Only where whole records are printed, and where the column is asked for."
        )
    }

    /// Returns the schema of a link as `crm MODULE links OTHER REF --json` prints it.
    ///
    /// - Throws: ``CRMError`` `usage` for two modules that cannot be linked.
    public static func link(
        of module: Module,
        with other: Module,
        in registry: Registry
    ) throws(CRMError) -> JSONSchema {
        let pairing = try Pairing(module, other, in: registry)
        let link = object(pairing.fields.map { ($0.key, JSONSchema(of: $0)) })
        let record = object(other.fields.map { ($0.key, JSONSchema(of: $0)) }).titled(other.label)
        return object([("link", link.titled(Text(en: "Link", es: "Vínculo"))), ("record", record)])
    }

    /// The member of what hangs on a record that says by which field.
    private static let pointing = (
        "field",
        string.orNull.titled(
            Text(en: "Field", es: "Campo"),
            description: "The field by which the record points at the one asked about; null for links."
        )
    )

    /// The schema of a record as `crm MODULE links REF --json` prints it.
    public static func related(in registry: Registry) -> JSONSchema {
        object([
            ("module", one(of: registry.names.map(\.rawValue))),
            ("role", string.orNull.titled(Text(en: "Role", es: "Rol"))),
            pointing,
            (
                "date",
                string.titled(
                    Text(en: "Date", es: "Fecha"),
                    description: "What dates the record, newest first: a date or a moment, whichever its module has."
                )
            ),
            mentioned(in: registry),
        ])
    }

    /// Returns the schema of a row as `crm report NAME --json` prints it. The keys of the default groups are listed and
    /// optional, since the report can be grouped by others.
    public static func row(of report: Report, in registry: Registry) -> JSONSchema {
        let columns = report.columns.map { ($0.key, JSONSchema(of: $0.field(in: registry))) }
        guard let grouping = report.grouping else { return object(columns).titled(report.summary) }
        let keys = (try? SummaryParser.keys(grouping, option: "--by"))?.map(\.content.text) ?? []
        let group = any(of: [reference, string, number, boolean, .null]).titled(
            Text(en: "What the group is told by", es: "Lo que distingue al grupo"),
            description: "Of the names given to --by, or of those that the report groups by unless asked to otherwise."
        )
        return object(keys.map { ($0, group) } + columns, optional: Set(keys)).others(group).titled(report.summary)
    }

    /// Returns the schema of an entry as `crm MODULE timeline REF --json` prints it.
    public static func timeline(in registry: Registry) -> JSONSchema {
        object([
            ("date", moment(of: "What happened, newest first: a day, or a moment in UTC.")),
            ("moment", which(in: registry) { $0.isOnTimeline }),
            ("module", one(of: registry.names.map(\.rawValue))),
            ("role", string.orNull.titled(Text(en: "Role", es: "Rol"))),
            pointing,
            (
                "value",
                string.orNull.titled(
                    Text(en: "Value", es: "Valor"),
                    description: "What a stage or a status became, or what a message says; null for other dates."
                )
            ),
            (
                "author",
                string.orNull.titled(
                    Text(en: "Author", es: "Autor"),
                    description: "The user name of who wrote the message; null for other dates."
                )
            ),
            (
                "state",
                string.orNull.titled(
                    Text(en: "State", es: "Estado"),
                    description: "What a message is besides: deleted, or system for one that the chat wrote itself."
                )
            ),
            (
                "contact",
                reference.orNull.titled(
                    registry[registry.center].label,
                    description: "On which contact it hangs; null where it hangs on an organization itself."
                )
            ),
            mentioned(in: registry),
        ])
    }

    /// Returns the schema of an item as `crm today --json` prints it.
    public static func dayPage(in registry: Registry) -> JSONSchema {
        object([
            ("group", one(of: DayGroup.allCases.map(\.rawValue)).titled(Text(en: "Group", es: "Grupo"))),
            ("moment", which(in: registry) { $0.use != nil }),
            ("date", moment(of: "A day, or a moment in UTC.")),
            (
                "days",
                integer(in: -4_000_000...4_000_000).titled(
                    Text(en: "Days", es: "Días"),
                    description: "From the day of the page to the date, negative for what is past."
                )
            ),
            ("module", one(of: registry.names.map(\.rawValue))),
            ("contacts", array(of: reference).titled(registry[registry.center].plural)),
            mentioned(in: registry),
        ])
    }

    /// Returns the schema of a record found as `crm search WORDS --json` prints it.
    public static func hit(in registry: Registry) -> JSONSchema {
        object([
            ("module", one(of: registry.names.map(\.rawValue))),
            (
                "field",
                string.orNull.titled(
                    Text(en: "Field", es: "Campo"),
                    description: "The field that has most of the words; of a part's row it follows the part's key."
                )
            ),
            (
                "snippet",
                string.orNull.titled(
                    Text(en: "Text", es: "Texto"),
                    description: "A piece of the field with what was found between brackets."
                )
            ),
            (
                "matches",
                count.orNull.titled(
                    Text(en: "Matches", es: "Coincidencias"),
                    description: "How many messages of a channel are found; null for what is found as a whole."
                )
            ),
            mentioned(in: registry),
        ])
    }

    /// Returns the schema of the key of an occasion.
    private static func which(in registry: Registry, _ isOne: (Occasion) -> Bool) -> JSONSchema {
        let keys = registry.modules.flatMap { $0.occasions.filter(isOne).map(\.key) }
        return one(of: keys.uniqued).titled(
            Text(en: "What", es: "Qué"),
            description: "Which date of the record it is."
        )
    }

    private static func moment(of description: String) -> JSONSchema {
        string.titled(Text(en: "Date", es: "Fecha"), description: description)
    }

    /// Returns the name and schema of the member with a mentioned record.
    private static func mentioned(in registry: Registry) -> (String, JSONSchema) {
        (
            "record",
            any(of: registry.modules.map(mention)).titled(
                Text(en: "Record", es: "Registro"),
                description: "Beside its name what its module shows of it here, by the keys of its fields."
            )
        )
    }

    /// Returns the schema of a record that is mentioned in the output about another one.
    private static func mention(_ module: Module) -> JSONSchema {
        let details = module.mentionedDetails.compactMap { module.field($0) }.map { ($0.key, JSONSchema(of: $0)) }
        return object([("id", identifier), ("name", string.orNull)] + details).titled(module.label)
    }

    /// Creates the schema of a field's values.
    init(of field: Field) {
        let isEmptied = field.emptyOverride == .text("")
        let type = isEmptied ? .string() : JSONSchema(of: field.type.shape)
        let note = [
            Self.note(on: field.type), field.note.map { "Note: \($0.en)." },
            isEmptied ? "Empty for nothing, null for what the record has." : nil,
        ].compactMap { $0 }
        self = (field.isAlwaysPresent ? type : type.orNull).titled(
            field.label,
            description: note.isEmpty ? nil : note.joined(separator: " ")
        )
    }

    private init(of shape: ValueShape) {
        self =
            switch shape {
            case .string: .string
            case .format(let format): .string(format: format)
            case .pattern(let pattern): .string(pattern: pattern)
            case .moment: .moment
            case .integer(let range): .integer(in: range)
            case .number: .number
            case .numberWithin(let range): .number(from: range.lowerBound, to: range.upperBound)
            case .boolean: .boolean
            case .one(let words): .one(of: words)
            case .reference: .reference
            case .anyReference: .anyReference
            case .set(let element): .array(of: JSONSchema(of: element), isSet: true)
            }
    }

    private static func note(on type: FieldType) -> String? {
        switch type.form {
        case .money: "In the record's currency, with its exact decimals."
        case .reference(let target): "A record of \(target)."
        default: nil
        }
    }
}

extension Field {
    /// Whether a record always has a value in the field. A list without elements is printed as an empty array, not as
    /// null.
    fileprivate var isAlwaysPresent: Bool {
        isRequired || type.isList && !traits.contains(.overriding) || type.form == .boolean && !defaultValue.isNull
            || ["id", "created_at", "updated_at"].contains(key)
    }
}
