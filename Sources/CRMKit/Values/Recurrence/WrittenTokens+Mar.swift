import Localization

extension WrittenTokens {
    private static let mar = Token.word("mar")
    /// Tokens that can be between the days of a list.
    private static let betweenDays: Set<Token> = [
        .mark(UInt8(ascii: ",")), .mark(UInt8(ascii: "&")), .mark(UInt8(ascii: "-")), .mark(UInt8(ascii: ".")),
        .word("y"), .word("e"),
        .word("and"), .word("el"), .word("los"), .word("the"), .word("on"), .word("a"), .word("to"), .word("through"),
    ]
    private static let ofWeeks: Set<Token> = [
        .word("semana"), .word("semanas"), .word("week"), .word("weeks"), .word("semanal"), .word("weekly"),
    ]

    /// Returns the tokens of a repetition with each `mar` written out, which is short for martes and for March.
    ///
    /// - Throws: ``ValueError`` for an ambiguous one.
    func withMarWrittenOut() throws(ValueError) -> WrittenTokens {
        guard tokens.contains(Self.mar) else { return self }
        let short = Array(tokens)
        var clear = short
        for place in short.indices where short[place] == Self.mar {
            guard let isDay = Self.isDay(short, at: place) else {
                throw ValueError(
                    en: "\"mar\" may be martes or March: write it out",
                    es: "«mar» puede ser martes o marzo: escribirlo entero"
                )
            }
            clear[place] = .word(isDay ? "martes" : "marzo")
        }
        return WrittenTokens(clear[...])
    }

    /// Whether a `mar` is a day of the week, by the words beside it; `nil` if these do not decide it.
    private static func isDay(_ tokens: [Token], at place: Int) -> Bool? {
        let (before, after) = (tokens[..<place], tokens[(place + 1)...])
        for case .word(let word)? in [before.last(where: isNoJoint), after.first(where: isNoJoint)] {
            if RecurrencePhrase.weekday(word) != nil { return true }
            if CalendarWords.months[word] != nil { return false }
        }
        switch before.last {
        case .word("los"): return true
        case .word("de"), .word("of"), .word("en"), .word("in"): return false
        case .word("st"), .word("nd"), .word("rd"), .word("th"): return false
        // After the number of an interval it is ambiguous.
        case .number: return isEvery(before.dropLast().last) ? nil : false
        case .word(let word) where RecurrencePhrase.ordinals[word] != nil: return true
        default: break
        }
        // A day of the month, or a Tuesday on one.
        if case .number? = after.first { return before.last == .word("el") || isEvery(before.last) ? nil : false }
        return before.last == .word("cada") || !ofWeeks.isDisjoint(with: tokens) ? true : nil
    }

    private static func isEvery(_ token: Token?) -> Bool {
        token == .word("cada") || token == .word("every") || token == .word("each")
    }

    private static func isNoJoint(_ token: Token) -> Bool { token != mar && !betweenDays.contains(token) }
}
