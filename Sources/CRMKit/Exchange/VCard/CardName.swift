/// The components of `N` (RFC 6350 section 6.2.2).
struct CardName {
    private(set) var components: [[String]]

    /// - Parameter components: the components on a card; there may be fewer than five.
    init(_ components: [[String]]) { self.components = components }

    var family: String { text(0) }
    var given: String { text(1) }
    var additional: String { text(2) }
    var prefix: String { text(3) }
    private var suffix: String { text(4) }

    /// The given and additional names, as in the field for given names.
    var allGiven: String { [given, additional].filter { !$0.isEmpty }.joined(separator: " ") }

    /// A whole name that is not given in parts, with the part that is known: `FN:Ivo Gil` together with `N:Gil`.
    struct Whole {
        let text: String
        /// The known part, at the end of the whole name (family name) or at its beginning (given name).
        var family: String?
        var given: String?

        /// Splits the name into the fields it is composed of.
        func fields(by name: CardMapping.Name, in module: Module, at company: String?) -> [(key: String, text: String)]
        {
            guard family != nil || given != nil else { return name.fields(of: text, in: module, at: company) }
            let (own, key) = family.map { ($0, name.family) } ?? (given ?? "", name.given)
            let rest = String(family == nil ? text.dropFirst(own.count) : text.dropLast(own.count)).trimmed
            if key == name.given { return [(name.given, own), (name.family, rest)] }
            if let title = name.onlyTitle(rest, in: module) {
                return [(name.given, ""), (name.family, own), (name.salutation, title)]
            }
            let titled = name.titled(rest, in: module)
            return [(name.given, titled?.given ?? rest), (name.family, own)]
                + (titled.map { [(name.salutation, $0.salutation)] } ?? [])
        }
    }

    /// Returns the whole name if one component has all of it or there are no components.
    ///
    /// - Parameter formatted: the formatted name on the card (`FN`).
    /// - Returns: `nil` for a name in parts.
    func whole(called formatted: String) -> Whole? {
        let given = allGiven
        guard family.isEmpty || given.isEmpty else { return nil }
        let part = family.isEmpty ? given : family
        if part.isEmpty { return Whole(text: formatted) }
        let words = Set(Self.words(part))
        let plain = bare(formatted)
        let others = Self.words(plain)
        // A card that separates the form of address also separates the family name.
        if plain != formatted, !family.isEmpty, others == Self.words(part) { return nil }
        // If the words are the same, the formatted name has their natural order.
        if words.count > 1, words == Set(others) { return Whole(text: plain) }
        guard others.count > words.count, words.isSubset(of: others) else { return Whole(text: part) }
        if plain.contains(",") || words.count > 2 { return Whole(text: plain) }
        if !family.isEmpty, plain.hasSuffix(" \(family)") { return Whole(text: plain, family: family) }
        if family.isEmpty, plain.hasPrefix("\(given) ") { return Whole(text: plain, given: given) }
        return Whole(text: plain)
    }

    /// Returns a whole name without the prefix before it and the suffix after it that are components of their own:
    /// `Sra. Ruiz` together with `N:Ruiz;;;Sra.`
    private func bare(_ formatted: String) -> String {
        let all = formatted.split { $0.isWhitespace }.map(String.init)
        var words = all
        let before = prefix.split { $0.isWhitespace }.map(String.init)
        if before.count < words.count, Self.place(of: before, in: Array(words.prefix(before.count))) != nil {
            words.removeFirst(before.count)
        }
        let behind = suffix.split { $0.isWhitespace }.map(String.init)
        if behind.count < words.count, Self.place(of: behind, in: Array(words.suffix(behind.count))) != nil {
            words.removeLast(behind.count)
            if let last = words.indices.last, words[last].hasSuffix(",") { words[last].removeLast() }
        }
        return words.count == all.count ? formatted : words.joined(separator: " ")
    }

    /// Returns the fields of a record's name: the parts of this name, or, when it is missing or has everything in one
    /// part, the whole name split as in tables.
    ///
    /// - Parameters:
    ///   - formatted: the formatted name on the card (`FN`).
    ///   - company: the person's company.
    ///   - isOfBody: whether it is the name of a company, which has no parts.
    func fields(
        called formatted: String,
        by name: CardMapping.Name,
        in module: Module,
        at company: String?,
        isOfBody: Bool
    ) -> [String: String] {
        var fields: [String: String] = [:]
        if let whole = whole(called: formatted) {
            if isOfBody {
                fields[name.family] = whole.text
            } else {
                for (key, text) in whole.fields(by: name, in: module, at: company) { fields[key] = text }
            }
        } else {
            fields = partFields(by: name, in: module, isGivenAlone: false)
            if prefix.isEmpty, let titled = name.titled(allGiven, in: module) {
                fields[name.given] = titled.given
                fields[name.salutation] = titled.salutation
            }
        }
        if !prefix.isEmpty { fields[name.salutation] = name.salutation(ofPrefix: prefix, in: module)?.key }
        return fields
    }

    /// Returns the fields of a name whose parts are final.
    ///
    /// - Parameter isGivenAlone: whether the field of given names lacks the additional ones.
    func partFields(by name: CardMapping.Name, in module: Module, isGivenAlone: Bool) -> [String: String] {
        var fields = [name.family: family, name.given: isGivenAlone ? given : allGiven]
        if !prefix.isEmpty { fields[name.salutation] = name.salutation(ofPrefix: prefix, in: module)?.key }
        return fields
    }

    private static func words(_ text: String) -> [String] {
        text.split { $0.isWhitespace || $0 == "," }.map { Fold.fold(String($0)) }
    }

    private func text(_ index: Int) -> String {
        guard index < components.count else { return "" }
        return components[index].map(\.trimmed).filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func component(_ index: Int) -> [String] { index < components.count ? components[index] : [""] }

    /// Returns this name from a card with the record's later changes applied.
    ///
    /// - Parameters:
    ///   - former: the name made from the record's fields when the card was read.
    ///   - present: the name made from the present fields.
    func changed(from former: CardName, to present: CardName) -> CardName {
        let names = changedNames(from: former, to: present)
        let count = max(components.count, present.components.count)
        let isOther = isDivided(otherwiseThan: former)
        let rest = (names.count..<max(count, names.count)).map { index in
            let isKept = present.component(index) == former.component(index) && !(isOther && text(index).isEmpty)
            return isKept ? component(index) : present.component(index)
        }
        return CardName(names + rest)
    }

    /// Whether the card has a part of the record's name in another component, or in none: the whole name or the form of
    /// address in that of given names.
    private func isDivided(otherwiseThan record: CardName) -> Bool {
        family.isEmpty || allGiven.isEmpty && !record.given.isEmpty || prefix.isEmpty && !record.prefix.isEmpty
    }

    /// Returns the components whose changes a formatted name follows: those of the card, unless a change replaces them
    /// all by those of the record.
    ///
    /// - Parameter record: the name made from the record's fields when the card was read.
    func followed(beside record: CardName) -> CardName { isDivided(otherwiseThan: record) ? record : self }

    /// Returns the formatted name, in the style of an earlier one.
    ///
    /// - Parameters:
    ///   - text: the earlier formatted name; `nil` when it was just the given and family names.
    ///   - former: the components of the earlier name.
    func formatted(as text: String?, of former: CardName) -> String {
        let plain = [allGiven, family].filter { !$0.isEmpty }.joined(separator: " ")
        guard let text else { return plain }
        // A comma ends a word, whether or not there is a space after it.
        var words = text.replacing(",", with: ", ").split(separator: " ").map(String.init)
        for index in 0..<max(components.count, former.components.count) where self.text(index) != former.text(index) {
            let gone = former.text(index).split(separator: " ").map(String.init)
            let come = self.text(index).split(separator: " ").map(String.init)
            guard let place = Self.place(of: gone, in: words) else {
                // A part that the formatted name left out is still left out.
                if index == 2, come.isEmpty { removeAdditional(gone, from: &words) }
                if index == 3 { readdress(&words, from: gone, to: come) }
                if index > 2 || index == 2 && come.isEmpty { continue }
                return plain
            }
            let hasComma = words[place.upperBound - 1].hasSuffix(",")
            words.replaceSubrange(place, with: come)
            let last = place.lowerBound + come.count - 1
            if hasComma, last >= 0 { words[last] += "," }
        }
        return words.joined(separator: " ")
    }

    /// Replaces the forms of address that a formatted name has before the given name, where they are not word by word
    /// those of the card: only some of them, or others.
    ///
    /// - Parameters:
    ///   - gone: the words of the former prefix; if there was none, the abbreviations are taken for it.
    ///   - come: the words of the present prefix.
    private func readdress(_ words: inout [String], from gone: [String], to come: [String]) {
        let first = (given.isEmpty ? family : given).split(separator: " ").map(String.init)
        guard let name = Self.place(of: first, in: words), name.lowerBound > 0 else { return }
        let before = Array(words[..<name.lowerBound])
        let family = self.family.split(separator: " ").map(String.init)
        // The family name comes first: `Paz, Ana`.
        if Self.place(of: family, in: before) != nil { return }
        func isGone(_ word: String) -> Bool {
            gone.isEmpty ? word.hasSuffix(".") : gone.contains { Self.place(of: [$0], in: [word]) != nil }
        }
        let start = before.firstIndex(where: isGone)
        // A form of address in another spelling is the former one, too.
        let isOther = start == nil && !gone.isEmpty
        guard let place = start ?? (isOther ? 0 : nil) else { return }
        let rest = isOther ? [] : before[place...].filter { !isGone($0) }
        words.replaceSubrange(place..<name.lowerBound, with: come + rest)
    }

    /// Removes from a formatted name those of the former additional names that it has behind the given one, in full or as
    /// initials. A family name that is spelled like one of them stays.
    private func removeAdditional(_ gone: [String], from words: inout [String]) {
        guard let given = Self.place(of: self.text(1).split(separator: " ").map(String.init), in: words) else { return }
        let family = self.family.split(separator: " ").map(String.init)
        func isGone(_ word: String) -> Bool {
            gone.contains { name in
                [name, String(name.prefix(1))].contains { Self.place(of: [$0], in: [word]) != nil }
            }
        }
        let next = given.upperBound
        while next < words.count, isGone(words[next]) {
            var rest = words
            let hasComma = rest.remove(at: next).hasSuffix(",")
            if hasComma { rest[next - 1] += "," }
            if Self.place(of: family, in: words) != nil, Self.place(of: family, in: rest) == nil { return }
            words = rest
        }
    }

    /// Returns the range in which some words occur one after the other, ignoring case, accents and punctuation.
    private static func place(of sought: [String], in words: [String]) -> Range<Int>? {
        guard !sought.isEmpty, sought.count <= words.count else { return nil }
        func folded(_ word: String) -> String { Fold.fold(word.filter { $0 != "," && $0 != "." }) }
        let (all, wanted) = (words.map(folded), sought.map(folded))
        let start = (0...(all.count - wanted.count)).first { Array(all[$0..<($0 + wanted.count)]) == wanted }
        return start.map { $0..<($0 + wanted.count) }
    }

    /// Returns the changed family, given and additional names. The field of given names includes the additional ones.
    /// If it was changed and does not end with the card's additional names, these are dropped, unless only the spelling
    /// of the given name changed: correcting `María José` does not drop the rest of the name.
    private func changedNames(from former: CardName, to present: CardName) -> [[String]] {
        let isSameFamily = present.family == former.family
        let isSameGiven = present.given == former.given
        // A part that the card had in another component is now in its own.
        if isDivided(otherwiseThan: former) { return [present.component(0), present.component(1), [""]] }
        if isSameFamily, isSameGiven { return [component(0), component(1), component(2)] }
        let family = isSameFamily ? component(0) : present.component(0)
        if isSameGiven { return [family, component(1), component(2)] }
        guard !additional.isEmpty, !present.given.isEmpty else { return [family, present.component(1), [""]] }
        if let ending = additional.ending(of: present.given) {
            let more = String(ending) == additional ? component(2) : [String(ending)]
            return [family, [String(present.given[..<ending.startIndex]).trimmed], more]
        }
        let isMended = present.given != given && Fold.fold(present.given) == Fold.fold(given)
        // A field that lacked the additional names did not lose them by the change.
        return [family, present.component(1), isMended || former.given == given ? component(2) : [""]]
    }

    /// Whether the card has additional names beside a given name that is all a record has. A card without a family name may
    /// have it in any part.
    func holdsMore(thanGivenOf record: CardName) -> Bool {
        !family.isEmpty && !additional.isEmpty && !given.isEmpty && given == record.given
    }
}

extension String {
    /// Returns the last words of a name that are spelled like this text but for case and accents; `nil` if it does not
    /// end in them, or has no other words.
    fileprivate func ending(of name: String) -> Substring? {
        let count = split(separator: " ").count
        let words = name.split(separator: " ")
        guard words.count > count, let first = words.suffix(count).first else { return nil }
        let ending = name[first.startIndex...]
        return Fold.fold(String(ending)) == Fold.fold(self) ? ending : nil
    }
}
