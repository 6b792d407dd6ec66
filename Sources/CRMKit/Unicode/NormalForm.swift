/// The form in which keys are stored and compared: Unicode's Normalization Form C (UAX #15). Canonically equivalent
/// texts have the same spelling in it, such as an `é` of one scalar, or of two as macOS writes it.
///
/// Compatibility forms stay distinct: `X²` and `X2` are two codes.
enum NormalForm {
    /// Returns a text in normal form C.
    static func composed(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var scalars: [UInt32] = []
        scalars.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { appendDecomposed(scalar.value, to: &scalars) }
        order(&scalars)
        compose(&scalars)
        var composed = String.UnicodeScalarView()
        composed.append(contentsOf: scalars.compactMap(Unicode.Scalar.init))
        return String(composed)
    }

    private static func appendDecomposed(_ scalar: UInt32, to scalars: inout [UInt32]) {
        // The first scalars that have a decomposition or a class.
        guard scalar >= 0xC0 else { return scalars.append(scalar) }
        guard let (first, second) = Hangul.decompose(scalar) ?? NormalFormTable.decomposition(of: scalar) else {
            return scalars.append(scalar)
        }
        // The second scalar of a pair is never decomposed further, which the generator of the table ensures.
        appendDecomposed(first, to: &scalars)
        if second != 0 { scalars.append(second) }
    }

    /// Sorts each run of marks by their classes (Unicode, section 3.11, D109).
    private static func order(_ scalars: inout [UInt32]) {
        var start = 0
        while start < scalars.count {
            let end = scalars[start...].firstIndex { combiningClass($0) == 0 } ?? scalars.endIndex
            if end - start > 1 {
                let marks = scalars[start..<end].enumerated().sorted {
                    (combiningClass($0.element), $0.offset) < (combiningClass($1.element), $1.offset)
                }
                scalars.replaceSubrange(start..<end, with: marks.map(\.element))
            }
            start = end + 1
        }
    }

    /// Composes every scalar with its starter unless it is blocked (Unicode, section 3.11, D117).
    private static func compose(_ scalars: inout [UInt32]) {
        var written = 0
        var starter: Int?
        var previousClass: UInt32 = 0
        for scalar in scalars {
            let itsClass = combiningClass(scalar)
            if let place = starter, place == written - 1 || previousClass < itsClass,
                let joined = Hangul.compose(scalars[place], scalar)
                    ?? NormalFormTable.composition(of: scalars[place], scalar)
            {
                scalars[place] = joined
                continue
            }
            scalars[written] = scalar
            if itsClass == 0 { starter = written }
            previousClass = itsClass
            written += 1
        }
        scalars.removeLast(scalars.count - written)
    }

    private static func combiningClass(_ scalar: UInt32) -> UInt32 {
        scalar < 0x300 ? 0 : NormalFormTable.combiningClass(of: scalar)
    }
}

// MARK: - Reading the table

extension NormalFormTable {
    /// Returns the decomposition of a scalar: two scalars, or one and 0; `nil` for a scalar that is not decomposed.
    static func decomposition(of scalar: UInt32) -> (first: UInt32, second: UInt32)? {
        let place = (0..<decompositionCount).firstPlace { entry($0).scalar >= scalar }
        guard place < decompositionCount, case let (found, first, second) = entry(place), found == scalar else {
            return nil
        }
        return (first, second)
    }

    /// Returns the composition of two scalars; `nil` for a pair that has none.
    static func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
        let place = (0..<compositionCount).firstPlace { index in
            let pair = composition(at: index)
            return (pair.first, pair.second) >= (first, second)
        }
        guard place < compositionCount, case let (scalar, base, mark) = composition(at: place),
            (base, mark) == (first, second)
        else { return nil }
        return scalar
    }

    /// The Canonical_Combining_Class of a scalar.
    static func combiningClass(of scalar: UInt32) -> UInt32 {
        let run = (0..<classRunCount).firstPlace { SixBits.number(classRuns, at: $0 * 6, characters: 4) > scalar } - 1
        return run < 0 ? 0 : SixBits.number(classRuns, at: run * 6 + 4, characters: 2)
    }

    private static func entry(_ index: Int) -> (scalar: UInt32, first: UInt32, second: UInt32) {
        func part(_ number: Int) -> UInt32 {
            SixBits.number(decompositions, at: index * 12 + number * 4, characters: 4)
        }
        return (part(0), part(1), part(2))
    }

    private static func composition(at index: Int) -> (scalar: UInt32, first: UInt32, second: UInt32) {
        entry(Int(SixBits.number(compositions, at: index * 2, characters: 2)))
    }
}
