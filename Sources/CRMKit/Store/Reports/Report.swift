import Localization

/// A question about the records that one command answers: `crm report win-rate`.
///
/// A report is a value: its parameters, the meaning of its columns, and how its rows are found. Command, help, manual,
/// completion and every output format follow from it.
public struct Report: Sendable {
    /// The word that names it, in lower case with hyphens.
    public let name: String
    /// The question it answers, in a phrase without a full stop.
    public let summary: Text
    /// Further explanations, in sentences.
    public let discussion: Text
    /// The module whose records `--where` filters; `nil` where it is about several.
    public let module: ModuleName?
    /// The parameters besides filters, each an option of the command.
    public let parameters: [Field]
    /// The columns of each row, after those of the groups if there are any.
    public let columns: [Column]
    /// The columns by which rows are ordered unless others are asked for, with `-` before those that descend.
    let order: [String]
    /// Parameters that are given the name of a file and are what stands in it.
    public var files: Set<String> = []
    /// Records that pass the filters but that the report cannot cover.
    public var leftOut: Omission?
    /// The lines of a label, each of columns with a blank between them; none for a report that is no mailing.
    public var labelLines: [[String]] = []
    /// What a chart of the report draws, when a chart is better than a table.
    public var picture: Picture?
    /// How the rows are computed.
    let content: Content

    /// How the rows of a report are computed.
    enum Content: Sendable {
        /// By a query that returns the columns by their keys, and each record's id only once.
        case rows(@Sendable (ReportContext) throws -> SQLFragment)
        /// Group by group, by whatever the records are to be grouped by.
        case groups(ReportGroups)
    }

    /// The column that has the record which a row is about: the first with one of the report's module, else the first with
    /// any.
    var record: Column? {
        columns.first { $0.record == module } ?? columns.first { $0.record != nil }
    }

    /// Records of a report's module that the report leaves out.
    public struct Omission: Sendable {
        /// The filter for these records, by ``FilterParser/grammar``.
        public let filter: String
        /// What one record and several are called in a sentence.
        public let noun: (one: Text, several: Text)

        init(filter: String, as noun: (one: Text, several: Text)) {
            self.filter = filter
            self.noun = noun
        }
    }

    /// Whether amounts of it part by their currency, unless they are brought to one.
    public var partsByCurrency: Bool { columns.contains { $0.key == ReportContext.currencyColumn } }

    /// The contents of a report's chart.
    public struct Picture: Sendable {
        /// The columns whose figures are drawn, each in a chart of its own.
        public let figures: [String]
        /// The columns that tell a report's rows apart; its groups do where it has some.
        let keys: [String]
        /// Whether the first of those keys follows time.
        let isTimed: Bool

        init(_ figures: String..., by keys: [String] = [], isTimed: Bool = false) {
            self.figures = figures
            self.keys = keys
            self.isTimed = isTimed
        }
    }

    /// The default keys to group records by; `nil` for a report without groups.
    public var grouping: String? {
        if case .groups(let groups) = content { groups.keys } else { nil }
    }
}

extension Report {
    /// Every report, in the order in which they are listed.
    public static let all: [Report] =
        pipeline + sales + purchases + assets + projects + services + support + contacts + places + quality

    /// The report of a name.
    public static func named(_ name: String) -> Report? { all.first { $0.name == name } }
}

extension Report {
    /// A column of a report, and what its figures mean.
    public struct Column: Sendable {
        /// The key for programs.
        public let key: String
        /// What the column is and how it is computed, in a phrase or sentences.
        public let meaning: Text
        let shape: Shape
        /// Whether the figures of rows add up to that of all.
        var isAdditive = false
        /// Whether the same may be counted in several rows.
        var isOverlapping = false

        /// Where the type and label of a column come from.
        enum Shape: Sendable {
            /// A field of a module, with the choices that the file has for it.
            case field(ModuleName, String, label: Text?)
            /// An attribute of the links with a module's records.
            case link(ModuleName, String)
            /// A record of a module, under the module's own label unless given another.
            case record(ModuleName, label: Text?)
            /// A value of the report's own.
            case own(FieldType, label: Text)
        }

        /// The module of the records in the column, if it holds references.
        var record: ModuleName? { if case .record(let module, _) = shape { module } else { nil } }
    }
}

// MARK: - Columns

extension Report.Column {
    /// A field of a module's records as it is there.
    static func field(
        _ module: ModuleName,
        _ field: String,
        as key: String? = nil,
        label: Text? = nil,
        en: String,
        es: String
    ) -> Self {
        Self(key: key ?? field, meaning: Text(en: en, es: es), shape: .field(module, field, label: label))
    }

    /// An attribute of the links between contacts and a module's records.
    static func link(_ module: ModuleName, _ attribute: String, en: String, es: String) -> Self {
        Self(key: attribute, meaning: Text(en: en, es: es), shape: .link(module, attribute))
    }

    /// A record.
    static func record(
        _ module: ModuleName,
        as key: String? = nil,
        label: Text? = nil,
        en: String,
        es: String
    ) -> Self {
        Self(key: key ?? module.rawValue, meaning: Text(en: en, es: es), shape: .record(module, label: label))
    }

    /// A column for a value computed by the report.
    ///
    /// - Parameters:
    ///   - label: the column's heading.
    ///   - meaning: the meaning of the value and the way it is computed.
    static func own(
        _ key: String,
        _ type: FieldType,
        _ label: Text,
        _ meaning: Text
    ) -> Self {
        Self(key: key, meaning: meaning, shape: .own(type, label: label))
    }

    /// A column for a count.
    static func count(_ key: String, _ label: Text, _ meaning: Text) -> Self {
        var column = own(key, .integer(0...Int64.max), label, meaning)
        column.isAdditive = true
        return column
    }

    /// The column as one whose rows may count the same thing several times.
    var overlapping: Self {
        var column = self
        column.isOverlapping = true
        return column
    }

    /// A part of a whole, 0 to 1 for programs and per cent for people.
    static func rate(_ key: String, _ label: Text, _ meaning: Text) -> Self { own(key, .fraction, label, meaning) }

    /// A column for a ratio that can exceed 1 or be negative, read as a percentage.
    static func ratio(_ key: String, _ label: Text, _ meaning: Text) -> Self { own(key, .ratio, label, meaning) }

    /// A sum of amounts in the currency of the row.
    static func sum(_ key: String, _ label: Text, _ meaning: Text) -> Self {
        var column = amount(key, label, meaning)
        column.isAdditive = true
        return column
    }

    /// An amount in the currency of the row that is no sum.
    static func amount(_ key: String, _ label: Text, _ meaning: Text) -> Self { own(key, .money, label, meaning) }

    /// A column for the ninetieth percentile of the values whose median is in the column before it.
    static func ninetieth(_ key: String, _ label: Text) -> Self {
        own(key, .duration, label, Text(en: "The same, the 90th percentile", es: "Lo mismo, el percentil 90"))
    }

    /// Whole days, which may be before.
    static func days(_ key: String, _ label: Text, _ meaning: Text) -> Self {
        own(key, .integer(Int64.min...Int64.max), label, meaning)
    }

    /// The currency of the amounts of a row.
    static let currency = own(
        ReportContext.currencyColumn,
        .currency,
        Text(en: "Currency", es: "Moneda"),
        Text(
            en: "Of the amounts: those of two currencies never meet in one row",
            es: "De los importes: los de dos monedas nunca van en una misma fila"
        )
    )

    /// The column as a field, with the choices and labels that the file has.
    func field(in registry: Registry) -> Field {
        switch shape {
        case .field(let module, let name, let label):
            registry[module].field(required: name).named(key, label: label)
        case .link(let module, let attribute):
            Relation(registry[module], center: registry.center)?.fields.first { $0.key == attribute }?.named(key)
                ?? Field(key, .text, label: Text(key))
        case .record(let module, let label):
            Field(key, .reference(module), label: label ?? registry[module].label)
        case .own(let type, let label): Field(key, type, label: label)
        }
    }
}

extension Field {
    /// The type and the label of a field under another key, for a column that has nothing else of it.
    fileprivate func named(_ key: String, label: Text? = nil) -> Field {
        Field(key, type, label: label ?? self.label)
    }
}

// MARK: - Parameters

extension Report {
    /// The parameters that several reports take.
    enum Parameter {
        /// A day to look at, today unless given.
        static let on = "on"
        /// A number of days.
        static let days = "days"

        /// The day on which something was so; today unless given.
        static let day = Field(
            on,
            .date,
            label: Text(en: "The day to look at, today unless given", es: "El día que se mira, hoy si no se indica")
        )

        /// A number of days.
        static func days(_ standard: Int64, _ label: Text) -> Field {
            Field(days, .count, label: label, default: .integer(standard))
        }

        /// A parameter that names a record of a module.
        static func record(_ module: ModuleName, _ label: Text) -> Field {
            Field(module.rawValue, .reference(module), label: label)
        }
    }
}
