import Localization

/// A value of a reference key that other records of the module have as well.
public struct SharedValue: Sendable {
    /// The record that was given the value.
    public let id: Int64
    /// The field's key; for a row of a part, its key and kind, `point.email`.
    public let field: String
    /// The label of the field.
    public let label: Text
    /// The value as given.
    public let value: String
    /// Whether the others have it with letters of another case.
    public let differsInCase: Bool
    /// The other records with the value, at most ``mostHolders``.
    public let holders: [RecordDescription]
    /// Whether there are more holders.
    public let hasMore: Bool

    /// The maximum number of other records described.
    static let mostHolders = 3

    private var others: Text { others { _ in false } }

    /// Returns the other records in a sentence.
    ///
    /// - Parameter isNew: returns whether a record must not be named by its id.
    private func others(isNew: (RecordDescription) -> Bool) -> Text {
        let words = holders.map { $0.words(besides: value, isNew: isNew($0)) }
        let more = Text(en: hasMore ? ", and others" : "", es: hasMore ? ", y otros" : "")
        return Text(
            en: words.map(\.en).joined(separator: ", ") + more.en,
            es: words.map(\.es).joined(separator: ", ") + more.es
        )
    }

    /// How far the values agree if they are not equal.
    private var extent: Text {
        differsInCase ? Text(en: " but for capitals", es: " salvo las mayúsculas") : Text("")
    }

    /// The message after the value was stored.
    public var note: Text {
        let module = holders.first?.module
        let record = module?.called(id) ?? Text("\(id)")
        return Text(
            en: "\(record.en) shares the \(label.en) \(value)\(extent.en) with \(others.en)",
            es: "\(record.es) comparte «\(value)» (\(label.es))\(extent.es) con \(others.es)"
        )
    }

    /// The message before the value is stored, while it is being entered.
    public var remark: Text {
        Text(en: "It is also that of \(others.en)\(extent.en).", es: "También lo tiene\(extent.es): \(others.es).")
    }

    /// Returns the error that refuses the values of one record.
    ///
    /// - Parameter isNew: returns whether a holder was created by the same change.
    /// - Returns: `nil` if there are no values.
    static func refusal(of values: [SharedValue], isNew: (RecordDescription) -> Bool) -> CRMError? {
        guard let first = values.first else { return nil }
        let problems = values.map { value in
            let others = value.others(isNew: isNew)
            let reason = Text(
                en: "already that of \(others.en)\(value.extent.en)",
                es: "ya lo tiene\(value.extent.es) \(others.es)"
            )
            return CRMError.Problem(field: value.field, value: value.value, reason: reason)
        }
        return CRMError(
            .refused,
            Text(en: "another record has this value already", es: "otro registro ya tiene este valor"),
            hint: Text(
                en: "leave --no-duplicates out to save it all the same",
                es: "omitir --no-duplicates para guardarlo de todos modos"
            ),
            module: first.holders.first?.module.name,
            reference: first.value,
            problems: problems
        )
    }
}

/// The shared values that result from a write.
public struct SharedValues: Sendable {
    /// The first of them, by the ids of their records, up to ``most``.
    public internal(set) var first: [SharedValue] = []
    /// The number of shared values.
    public internal(set) var count = 0

    /// The maximum number of shared values that are described.
    public static let most = 10

    /// Creates an empty value.
    public init() {}

    /// Adds the shared values of a later part of the same write.
    public mutating func add(_ other: SharedValues) {
        first = Array((first + other.first).prefix(Self.most))
        count += other.count
    }

    /// A message about the shared values that are not listed; `nil` when all are.
    public var rest: Text? {
        let rest = count - first.count
        guard rest > 0 else { return nil }
        return Text(
            en: "and \(rest) more: \(count) values in all that other records have as well",
            es: "y \(rest) más: \(count) valores en total que también tienen otros registros"
        )
    }
}
