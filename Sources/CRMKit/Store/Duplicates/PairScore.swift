import Localization

/// The certainty that two records are duplicates, and the reasons.
struct PairScore {
    /// The certainty, from 0 to 1,000.
    let thousandths: Int
    /// The reasons, as bits of ``PairReasons``.
    let reasons: Int64
}

/// Compares two records.
struct PairComparison {
    private let columns: ResemblanceColumns
    private let reasons: PairReasons
    private let frequencies: WordFrequencies
    private let hypocorisms: Hypocorisms
    /// The hashes of values that more than ``mostOwners`` records have, by signal.
    private let shared: [Set<UInt64>]
    /// The hashes of values that more than two but no more than ``mostOwners`` records have, by signal.
    private let several: [Set<UInt64>]

    /// The maximum number of records with a value of their own; a value of more records belongs to a household or a
    /// company.
    static let mostOwners = 3

    init(
        _ columns: ResemblanceColumns,
        _ frequencies: WordFrequencies,
        shared: [Set<UInt64>],
        several: [Set<UInt64>]
    ) {
        self.columns = columns
        reasons = PairReasons(columns)
        self.frequencies = frequencies
        hypocorisms = Hypocorisms(in: columns.kind)
        self.shared = shared
        self.several = several
    }

    /// The evidence that two records are duplicates.
    private struct Evidence {
        /// The probability that all of the evidence is a coincidence.
        var doubt = 1.0
        var reasons: Int64 = 0

        mutating func add(_ weight: Double, _ reason: Int) {
            doubt *= 1 - weight
            reasons |= 1 << Int64(reason)
        }
    }

    /// Returns the score of two records.
    ///
    /// - Parameter isRare: whether few records have the name.
    func score(_ one: Profile, _ other: Profile, nameIsRare isRare: Bool) -> PairScore {
        var evidence = Evidence()
        let signals = compareSignals(one, other, &evidence)
        let name = NameRelation(one.name, other.name, frequencies, hypocorisms, haveOwnValue: signals.hasOwn)
        let differInFact = compareFacts(one, other, &evidence)
        let isElsewhere = one.context != nil && other.context != nil && one.context != other.context
        // Two people with the same name in one company: the more of their values differ, the less likely they are the
        // same. What everybody there shares is the same surrounding again and makes nothing surer.
        let differing = min(signals.contradictions, 2)
        if one.context != nil, one.context == other.context {
            evidence.add([0.9, 0.87, 0.75][differing], reasons.context)
        } else if signals.areSurrounded {
            evidence.doubt *= 1 - [0.88, 0.86, 0.73][differing]
        }
        var sure = 1 - evidence.doubt
        if evidence.reasons == 0 {
            sure = alone(isElsewhere: isElsewhere, contradictions: signals.contradictions, isRare: isRare, name)
        }
        var likeness = name.likeness
        if name == .different || name == .misspeltThroughout && !signals.hasOwn {
            let isProven = signals.hasOwn && evidence.doubt < 0.01 && !isElsewhere
            let surname: SurnameRelation = columns.surname == nil ? .different : SurnameRelation(one, other)
            if surname.isEqual { evidence.reasons |= 1 << Int64(reasons.surname) }
            let isWhole = columns.kind == .person && signals.exclusive > 1 && !isElsewhere
            let proof: SurnameRelation.Proof = isWhole ? .whole : isProven ? .further : .none
            likeness =
                signals.hasCode
                ? 0.9 : signals.hasOwn ? surname.likeness(proof, hasAddress: signals.hasAddress) : 0.4
        } else {
            evidence.reasons |= 1 << Int64(reasons.name(name))
        }
        let score = sure * likeness * (differInFact ? 0.5 : 1)
        return PairScore(thousandths: Int((score * 1000).rounded()), reasons: evidence.reasons)
    }

    /// The signals that two records have in common, and those in which they differ.
    private struct CommonSignals {
        /// Whether a value of their own is the same.
        var hasOwn = false
        /// Whether such a value is an address.
        var hasAddress = false
        /// Whether such a value is a code.
        var hasCode = false
        /// Whether they share a value that many records have.
        var areSurrounded = false
        /// The number of signals with a value that only these two records share.
        var exclusive = 0
        /// The number of signals in which both have values of their own, and none in common.
        var contradictions = 0
    }

    private func compareSignals(_ one: Profile, _ other: Profile, _ evidence: inout Evidence) -> CommonSignals {
        var found = CommonSignals()
        for (place, signal) in columns.signals.enumerated() {
            let common = one.signals[place].filter(other.signals[place].contains)
            if common.contains(where: { isOwn($0, of: one, place) }) {
                found.hasOwn = true
                found.hasAddress = found.hasAddress || signal.isAddress
                found.hasCode = found.hasCode || signal.isCode
                if common.contains(where: { isOwn($0, of: one, place) && !several[place].contains($0) }) {
                    found.exclusive += 1
                }
                evidence.add(signal.parts.isEmpty ? 0.96 : 0.95, reasons.own(place))
                continue
            }
            // Own values that differ speak against, also beside a number that everybody there has.
            if hasOwnValue(one, place), hasOwnValue(other, place) { found.contradictions += 1 }
            if !common.isEmpty {
                found.areSurrounded = true
                evidence.reasons |= 1 << Int64(reasons.shared(place))
            }
        }
        return found
    }

    /// Adds equal facts to the evidence.
    ///
    /// - Returns: whether another fact of the records differs.
    private func compareFacts(_ one: Profile, _ other: Profile, _ evidence: inout Evidence) -> Bool {
        var isAnyDifferent = false
        for (place, facts) in zip(one.facts, other.facts).enumerated() {
            guard let mine = facts.0, let theirs = facts.1 else { continue }
            guard mine == theirs else {
                isAnyDifferent = true
                continue
            }
            let isSignal = columns.signals.contains { $0.key == columns.facts[place].key }
            if !isSignal { evidence.add(0.93, reasons.fact(place)) }
        }
        return isAnyDifferent
    }

    /// Whether a value of a signal is a record's own, and not that of a role or of many records.
    private func isOwn(_ value: UInt64, of profile: Profile, _ place: Int) -> Bool {
        !shared[place].contains(value) && !profile.roles.contains(value)
    }

    private func hasOwnValue(_ profile: Profile, _ place: Int) -> Bool {
        profile.signals[place].contains { isOwn($0, of: profile, place) }
    }

    /// The relation between the surnames of people whose names differ.
    private enum SurnameRelation {
        /// What is the same besides one address or number of their own.
        enum Proof {
            case none
            /// Something else, and neither belongs elsewhere.
            case further
            /// An address and a number that nobody else has.
            case whole
        }

        /// The same surname with different given names: relatives, or a familiar form that is not known.
        case equal
        /// The same surname, and a given name in one record alone: `Sra. Olvera` and `Rita Olvera`.
        case alone
        /// The same given name with different surnames: by marriage, or one of two surnames in each record.
        case renamed
        /// One record has no name.
        case unnamed
        /// Different names, by a reading error, or of a couple.
        case different

        init(_ one: Profile, _ other: Profile) {
            let (mine, theirs) = (one.words[one.givenWords...], other.words[other.givenWords...])
            let (given, otherGiven) = (one.words.prefix(one.givenWords), other.words.prefix(other.givenWords))
            if !one.isNamed || !other.isNamed {
                self = .unnamed
            } else if !mine.isEmpty, !theirs.isEmpty, mine.starts(with: theirs) || theirs.starts(with: mine) {
                // A second surname is often left out.
                self = (one.givenWords == 0) == (other.givenWords == 0) ? .equal : .alone
            } else if let first = given.first, !first.isInitial, otherGiven.first == first,
                given.starts(with: otherGiven) || otherGiven.starts(with: given)
            {
                self = .renamed
            } else {
                self = .different
            }
        }

        var isEqual: Bool { self == .equal || self == .alone }

        /// The certainty that the records are of one person where an address or a number of its own is the same in both.
        ///
        /// - Parameter hasAddress: whether an address is the same. A number is rather that of several.
        func likeness(_ proof: Proof, hasAddress: Bool) -> Double {
            switch (self, proof) {
            case (.alone, _), (.unnamed, _): 0.86
            case (.renamed, _) where hasAddress: 0.86
            case (_, .whole): 0.82
            case (.equal, .further), (.renamed, .further): 0.75
            case (.equal, .none), (.renamed, .none), (.different, .further): 0.6
            case (.different, .none): 0.4
            }
        }
    }

    /// Returns the certainty of a name without any other evidence.
    private func alone(isElsewhere: Bool, contradictions: Int, isRare: Bool, _ name: NameRelation) -> Double {
        if isElsewhere { return 0.3 }
        if contradictions > 0 { return 0.6 }
        guard isRare else { return 0.55 }
        if columns.kind == .person { return 0.82 }
        if case .partial = name { return 0.75 }
        return 0.88
    }
}

/// The reasons for a pair, as the bits of an integer.
struct PairReasons {
    private let columns: ResemblanceColumns

    init(_ columns: ResemblanceColumns) { self.columns = columns }

    private static let names: [(relation: NameRelation, key: String, label: Text)] = [
        (.equal, "name", Text(en: "Name", es: "Nombre")),
        (.swapped, "swapped_name", Text(en: "Swapped name", es: "Nombre invertido")),
        (.misspelt, "misspelt_name", Text(en: "Misspelt name", es: "Nombre mal escrito")),
        (.misspeltThroughout, "misspelt_name", Text(en: "Misspelt name", es: "Nombre mal escrito")),
        (.abbreviated, "abbreviated_name", Text(en: "Abbreviated name", es: "Nombre abreviado")),
        (.familiar, "familiar_name", Text(en: "Familiar form of the name", es: "Forma familiar del nombre")),
        (.partial, "partial_name", Text(en: "Part of the name", es: "Parte del nombre")),
    ]

    func name(_ relation: NameRelation) -> Int { Self.names.firstIndex { $0.relation == relation } ?? 0 }
    func own(_ signal: Int) -> Int { Self.names.count + 2 * signal }
    func shared(_ signal: Int) -> Int { Self.names.count + 2 * signal + 1 }
    func fact(_ fact: Int) -> Int { Self.names.count + 2 * columns.signals.count + fact }
    var context: Int { Self.names.count + 2 * columns.signals.count + columns.facts.count }
    var surname: Int { context + 1 }

    /// Returns the reasons of a set of bits.
    func reasons(_ bits: Int64) -> [DuplicatePair.Reason] {
        func has(_ bit: Int) -> Bool { bits & (1 << Int64(bit)) != 0 }
        var reasons: [DuplicatePair.Reason] = []
        for (bit, name) in Self.names.enumerated() where has(bit) {
            reasons.append(DuplicatePair.Reason(key: name.key, label: name.label))
        }
        if let field = columns.surname, has(surname) {
            reasons.append(DuplicatePair.Reason(key: field.key, label: field.label))
        }
        for (place, signal) in columns.signals.enumerated() {
            if has(own(place)) { reasons.append(DuplicatePair.Reason(key: signal.key, label: signal.label)) }
            guard has(shared(place)) else { continue }
            let label = signal.label
            reasons.append(
                DuplicatePair.Reason(
                    key: "shared_\(signal.key)",
                    label: Text(en: "\(label.en) of several", es: "\(label.es) de varios")
                )
            )
        }
        for (place, field) in columns.facts.enumerated() where has(fact(place)) {
            reasons.append(DuplicatePair.Reason(key: field.key, label: field.label))
        }
        if let field = columns.context, has(context) {
            reasons.append(DuplicatePair.Reason(key: field.key, label: field.label))
        }
        return reasons
    }
}
