/// Defaults that are counted from when a record is made.
extension RelativeDefault {
    /// Takes a text that means one value now and another later, wherever it is read: `today`, `+30d`, but neither
    /// `2026-12-31` nor what is another day where the month is written first.
    ///
    /// - Returns: `nil` for any other text.
    init?(_ text: String, of custom: CustomType) {
        guard let moment = Moment(secondsSinceEpoch: 0) else { return nil }
        let context = ValueContext(clock: Clock(zone: .utc, at: moment), currency: "", country: nil).ofFiles
        guard let value = try? custom.type.parse(text, in: context),
            (try? custom.type.parse(text, in: context.muchLater)) != value
        else { return nil }
        self.init(text: text)
    }
}

extension Field {
    /// The stored value that a record gets now when none is given; null where the field has no default, or one that
    /// would be beyond the calendar's end.
    func defaultValue(in context: ValueContext) -> Value {
        guard let relativeDefault else { return defaultValue }
        return (try? type.parse(relativeDefault, in: context.ofFiles)) ?? .null
    }
}

extension Draft {
    /// A new record holding its module's defaults as they are now.
    init(new module: Module, in context: ValueContext) {
        self.init(new: module)
        for position in module.relativePositions {
            self[position] = module.allFields[position].defaultValue(in: context)
        }
    }
}

extension PartDraft {
    /// A row with the default values as they are now.
    ///
    /// - Parameter former: the values of the row that this one replaces.
    init(new part: Part, inPlaceOf former: [Value]? = nil, in context: ValueContext) {
        self.init(new: part, inPlaceOf: former)
        for position in part.relativePositions {
            fill(position, part.allFields[position].defaultValue(in: context))
        }
    }
}
