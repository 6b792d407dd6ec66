import Localization

/// Values that a command line gives for no field of a record.
extension Store {
    /// Reads a date that a command line gives.
    ///
    /// - Parameter option: the name to blame.
    /// - Returns: `YYYY-MM-DD`.
    public func date(from text: String, for option: String) throws(CRMError) -> String {
        try day(from: text, for: option).description
    }

    /// Reads a date that a command line gives, as a day.
    ///
    /// - Throws: ``CRMError`` `invalid` for a malformed one.
    public func day(from text: String, for option: String) throws(CRMError) -> CivilDate {
        let order = try translating { try valueContext() }.dateOrder
        do {
            return try CivilDate(parsing: text, today: clock.date, order: order)
        } catch {
            throw CRMError(
                .invalid,
                Text(en: "a date is malformed", es: "una fecha está mal escrita"),
                problems: [CRMError.Problem(field: option, value: text, reason: error.reason)]
            )
        }
    }

    /// Reads a bound of a time range from a command line. A day stands for its beginning or, as the end of a range, for
    /// the beginning of the next day.
    ///
    /// - Throws: ``CRMError`` `invalid` for malformed text.
    public func bound(from text: String, for option: String, isEnd: Bool) throws(CRMError) -> Moment {
        let context = try translating { try valueContext() }
        do throws(ValueError) {
            if let day = try? CivilDate(parsing: text, today: clock.date, order: context.dateOrder),
                let bound = isEnd
                    ? Moment(endOf: day, in: clock.zone) : Moment(day, secondOfDay: 0, in: clock.zone)
            {
                return bound
            }
            return try Moment(parsing: text, clock: clock, order: context.dateOrder)
        } catch {
            throw CRMError(
                .invalid,
                Text(en: "a time is malformed", es: "una hora está mal escrita"),
                problems: [CRMError.Problem(field: option, value: text, reason: error.reason)]
            )
        }
    }

    /// Reads the attributes that a command line gives for links.
    ///
    /// - Throws: ``CRMError`` `invalid` naming every malformed one.
    public func linkAttributes(
        _ link: LinkDefinition,
        from texts: [(key: String, text: String)]
    ) throws(CRMError) -> LinkAttributes {
        var attributes = LinkAttributes(of: link)
        var problems: [CRMError.Problem] = []
        let context = try translating { try valueContext() }
        for (key, text) in texts {
            guard let position = link.index[key] else { continue }
            do {
                attributes.set(position, to: try link.attributes[position].readForLink(text, in: context))
            } catch {
                problems.append(CRMError.Problem(field: key, value: text, reason: error.reason))
            }
        }
        guard problems.isEmpty else {
            throw CRMError(
                .invalid,
                Text(en: "cannot make the link", es: "no se puede crear el vínculo"),
                problems: problems
            )
        }
        return attributes
    }
}
