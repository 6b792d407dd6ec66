import Localization

/// A question about the records that one command answers: `crm report win-rate`.
///
/// A report is a value: its parameters, the meaning of its columns, and the computation of its rows. Command, help,
/// manual, completion and every output format follow from it.
public struct Report: Sendable {
    /// The report's name, in lower case with hyphens.
    public let name: String
    /// The question that it answers, in a phrase without a full stop.
    public let summary: Text
    /// Further explanations, in sentences.
    public let discussion: Text
    /// The module whose records `--where` filters; `nil` for a report about several modules.
    public let module: ModuleName?
    /// The parameters besides filters, each an option of the command.
    public let parameters: [Field]
    /// The columns of each row, after those of the groups if there are any.
    public let columns: [Column]
    /// The default order: keys of columns, with `-` before descending ones. The order of amounts follows that of their
    /// currencies, which cannot be compared.
    public let order: [String]
    /// The parameters that take the name of a table's file and have its content as their value, with the columns that
    /// they read.
    public var files: [String: [Field]] = [:]
    /// The records that pass the filters but that the report cannot cover.
    public var leftOut: Omission?
    /// The lines of a label, each of columns separated by blanks; empty for a report without labels.
    public var labelLines: [[String]] = []
    /// The contents of the report's chart; `nil` for a report without one.
    public var picture: Picture?
    /// How the rows are computed.
    let content: Content

    /// How the rows of a report are computed.
    enum Content: Sendable {
        /// By a query that returns the columns by their keys, and each record id only once.
        case rows(@Sendable (ReportContext) throws -> SQLFragment)
        /// By groups of the records with any keys.
        case groups(ReportGroups)
    }

    /// The column with the record of a row: the first one for a record of the report's module, otherwise the first one
    /// for any record.
    var record: Column? {
        let records = columns.filter { $0.record != nil }
        return records.first { $0.record == module } ?? records.first
    }

    /// Whether each row is about a record, however the rows are grouped.
    public var isAboutRecords: Bool { record != nil }

    /// Records of a report's module that the report leaves out.
    public struct Omission: Sendable {
        /// Returns the filter for these records on a day in ISO 8601, by ``FilterParser/grammar``.
        let filter: @Sendable (_ day: String) -> String
        /// The words for one record and for several in a sentence.
        public let noun: (one: Text, several: Text)

        init(as noun: (one: Text, several: Text), filter: @escaping @Sendable (_ day: String) -> String) {
            self.noun = noun
            self.filter = filter
        }
    }

    /// Whether amounts are separated by currency unless they are converted to one.
    public var partsByCurrency: Bool { columns.contains { $0.key == ReportContext.currencyColumn } }

    /// The contents of a report's chart.
    public struct Picture: Sendable {
        /// The columns whose figures are drawn, each in a chart of its own.
        public let figures: [String]
        /// The columns that identify the rows of a report without groups.
        let keys: [String]
        /// Whether the first of these keys follows time.
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
        pipeline + sales + quotes + purchases + assets + projects + services + support + contacts + places + quality

    /// Returns the report with a name.
    public static func named(_ name: String) -> Report? { all.first { $0.name == name } }
}

extension Report {
    /// A column of a report, with the meaning of its values.
    public struct Column: Sendable {
        /// The key for programs.
        public let key: String
        /// The meaning of the column and the way it is computed, in a phrase or sentences.
        public let meaning: Text
        let shape: Shape
        /// Whether the figures of rows add up to that of all records.
        var isAdditive = false
        /// Whether several rows may count the same thing.
        var isOverlapping = false

        /// The origin of a column's type and label.
        enum Shape: Sendable {
            /// A field of a module, with the choices that the database defines.
            case field(ModuleName, String, label: Text?)
            /// An attribute of the links with a module's records.
            case link(ModuleName, String)
            /// A record of a module, by default with the module's label.
            case record(ModuleName, label: Text?)
            /// A value computed by the report.
            case own(FieldType, label: Text)
        }

        /// Whether the column holds records.
        public var isRecord: Bool { record != nil }

        /// The module of the records in the column, if it holds references.
        var record: ModuleName? { if case .record(let module, _) = shape { module } else { nil } }
    }
}

// MARK: - Columns

extension Report.Column {
    /// Declares a column for a field of a module's records.
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

    /// Declares a column for an attribute of the links between contacts and a module's records.
    static func link(_ module: ModuleName, _ attribute: String, en: String, es: String) -> Self {
        Self(key: attribute, meaning: Text(en: en, es: es), shape: .link(module, attribute))
    }

    /// Declares a column for a record.
    static func record(
        _ module: ModuleName,
        as key: String? = nil,
        label: Text? = nil,
        en: String,
        es: String
    ) -> Self {
        Self(key: key ?? module.rawValue, meaning: Text(en: en, es: es), shape: .record(module, label: label))
    }

    /// Declares a column for a value computed by the report.
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

    /// Declares a column for a count.
    static func count(_ key: String, _ label: Text, _ meaning: Text) -> Self {
        var column = own(key, .integer(0...Int64.max), label, meaning)
        column.isAdditive = true
        return column
    }

    /// The column, marked as one whose rows may count the same thing several times.
    var overlapping: Self {
        var column = self
        column.isOverlapping = true
        return column
    }

    /// Declares a column for a fraction from 0 to 1, which is shown as a percentage.
    static func rate(_ key: String, _ label: Text, _ meaning: Text) -> Self { own(key, .fraction, label, meaning) }

    /// Declares a column for a ratio that can exceed 1 or be negative, which is shown as a percentage.
    static func ratio(_ key: String, _ label: Text, _ meaning: Text) -> Self { own(key, .ratio, label, meaning) }

    /// Declares a column for a sum of amounts in the currency of the row.
    static func sum(_ key: String, _ label: Text, _ meaning: Text) -> Self {
        var column = amount(key, label, meaning)
        column.isAdditive = true
        return column
    }

    /// Declares a column for an amount in the currency of the row that is no sum.
    static func amount(_ key: String, _ label: Text, _ meaning: Text) -> Self { own(key, .money, label, meaning) }

    /// Declares a column for the ninetieth percentile of the values whose median is in the previous column.
    static func ninetieth(_ key: String, _ label: Text) -> Self {
        own(key, .duration, label, Text(en: "The same, the 90th percentile", es: "Lo mismo, el percentil 90"))
    }

    /// Declares a column for a number of days, which may be negative.
    static func days(_ key: String, _ label: Text, _ meaning: Text) -> Self {
        own(key, .integer(Int64.min...Int64.max), label, meaning)
    }

    /// The column for the currency of a row's amounts.
    static let currency = own(
        ReportContext.currencyColumn,
        .currency,
        Text(en: "Currency", es: "Moneda"),
        Text(
            en: "Of the amounts: those of two currencies never meet in one row",
            es: "De los importes: los de dos monedas nunca van en una misma fila"
        )
    )

    /// Returns the column as a field, with the choices and labels that the database defines.
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
    /// Returns a field with another key and the same type and label, without its other properties.
    fileprivate func named(_ key: String, label: Text? = nil) -> Field {
        Field(key, type, label: label ?? self.label)
    }
}

// MARK: - Parameters

extension Report {
    /// The parameters that several reports take.
    enum Parameter {
        /// The key of the parameter for a day; the default is today.
        static let on = "on"
        /// The key of the parameter for a number of days.
        static let days = "days"

        /// The parameter for the day of the report; the default is today.
        static let day = Field(
            on,
            .date,
            label: Text(en: "The day to look at, today unless given", es: "El día que se mira, hoy si no se indica")
        )

        /// Declares the parameter for a number of days.
        static func days(_ standard: Int64, _ label: Text) -> Field {
            Field(days, .count, label: label, default: .integer(standard))
        }

        /// Declares a parameter for a record of a module.
        static func record(_ module: ModuleName, _ label: Text) -> Field {
            Field(module.rawValue, .reference(module), label: label)
        }
    }
}
