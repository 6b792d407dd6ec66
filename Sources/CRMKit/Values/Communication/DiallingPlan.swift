/// The rules by which numbers dialled within a country become international ones (ITU-T E.164).
struct DiallingPlan {
    private let country: String
    private let code: String

    /// Creates the plan of a country, given its ISO 3166-1 alpha-2 code; `nil` for an unknown code.
    init?(country: String) {
        guard let code = Self.codes[country] else { return nil }
        self.country = country
        self.code = code
    }

    /// Returns the digits of a number with the country code before them, given the digits dialled within the country.
    func international(_ digits: ArraySlice<UInt8>) -> String {
        if code.utf8.first == UInt8(ascii: "1") { return northAmerican(digits) }
        let number = withoutTrunkPrefix(digits)
        return code + String(decoding: withoutOwnCode(number) ?? number, as: UTF8.self)
    }

    /// Returns a number with country code 1, which several countries share. The codes of the smaller ones include their
    /// area code.
    private func northAmerican(_ digits: ArraySlice<UInt8>) -> String {
        let number = String(decoding: digits, as: UTF8.self)
        switch digits.count {
        case 7: return code + number
        case 11 where digits.first == UInt8(ascii: "1"): return number
        default: return "1" + number
        }
    }

    /// Returns the national part of a number that begins with the country's code and is too long for a national number:
    /// it lost the `+` or the `00` on its way, as in spreadsheets.
    ///
    /// - Returns: `nil` for any other number.
    private func withoutOwnCode(_ digits: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let lengths = Self.lengths[country], digits.count > lengths.upperBound, digits.starts(with: code.utf8)
        else { return nil }
        let number = digits.dropFirst(code.utf8.count)
        let isOldMobile = country == "MX" && number.count == 11 && number.first == UInt8(ascii: "1")
        let rest = isOldMobile ? number.dropFirst() : number
        return lengths.contains(rest.count) ? rest : nil
    }

    /// Returns how many of a number's digits form a complete national number, including a dialling prefix.
    ///
    /// - Returns: `nil` when numbers in the country have several lengths, or the length is not known.
    func wholeLength(of digits: ArraySlice<UInt8>) -> Int? {
        guard let lengths = Self.lengths[country], lengths.count == 1 else { return nil }
        let length = lengths.upperBound
        if country == "MX", let old = ["044", "045", "01"].first(where: { digits.starts(with: $0.utf8) }) {
            return old.utf8.count + length
        }
        let hasPrefix = Self.zeroPrefixed.contains(country) && digits.first == UInt8(ascii: "0")
        if country == "MX", digits.count >= 13, digits.starts(with: "521".utf8) { return 13 }
        let isOfCode = digits.count >= code.utf8.count + length && digits.starts(with: code.utf8)
        return length + (hasPrefix ? 1 : isOfCode ? code.utf8.count : 0)
    }

    /// Returns how many of the digits after a `+` form a complete number; `nil` when that is not known.
    static func wholeLength(ofInternational digits: ArraySlice<UInt8>) -> Int? {
        guard
            let (country, lengths) = Self.lengths.first(where: { digits.starts(with: (codes[$0.key] ?? "-").utf8) }),
            lengths.count == 1, let code = codes[country]
        else { return nil }
        let isOldMobile = country == "MX" && digits.starts(with: "521".utf8)
        return code.utf8.count + lengths.upperBound + (isOldMobile ? 1 : 0)
    }

    /// Returns the national number, without the country code, of a number in its comparable form.
    ///
    /// - Returns: `nil` if no country has numbers of that length with that code.
    static func national(ofInternational key: String) -> String? {
        if key.utf8.count == 11, key.hasPrefix("1") { return String(key.dropFirst()) }
        for (country, lengths) in lengths {
            guard let code = codes[country], key.hasPrefix(code), lengths.contains(key.utf8.count - code.utf8.count)
            else { continue }
            return String(key.dropFirst(code.utf8.count))
        }
        return nil
    }

    /// Returns the possible numbers of digits of a whole number in comparable form, with its country code.
    ///
    /// - Returns: `nil` if the lengths in its country are not known.
    static func lengths(ofInternational key: String) -> ClosedRange<Int>? {
        if key.hasPrefix("1") { return 11...11 }
        for (country, lengths) in lengths {
            guard let code = codes[country], key.hasPrefix(code) else { continue }
            return code.utf8.count + lengths.lowerBound...code.utf8.count + lengths.upperBound
        }
        return nil
    }

    private func withoutTrunkPrefix(_ digits: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        if country == "MX" {
            // Prefixes dialled until 2019: for other cities, and for mobile phones of the same city and of others.
            let old = ["01", "044", "045"].first { digits.count == 10 + $0.utf8.count && digits.starts(with: $0.utf8) }
            return digits.dropFirst(old?.utf8.count ?? 0)
        }
        let hasPrefix = Self.zeroPrefixed.contains(country) && digits.count > 4 && digits.first == UInt8(ascii: "0")
        return hasPrefix ? digits.dropFirst() : digits
    }

    /// The countries in which a 0 is dialled before the number of another place, and in which no number begins with 0
    /// itself.
    private static let zeroPrefixed = Set(
        """
        AE AF AL AM AR AT AU AX AZ BA BD BE BG BL BO BR CC CD CH CN CO CU CX DE DZ EC EG EH ER ET FI FR GB GE GF GG GH \
        GP HR ID IE IL IM IN IQ IR JE JO JP KE KG KH KP KR LA LB LK LR LY MA MD ME MF MG MK MM MN MQ MY NA NG NL NZ PE PH \
        PK PY RE RO RS RW SA SD SE SI SK SL SO SS SY TH TR TW TZ UA UG UY VE VN YE YT ZA ZM ZW
        """.split(separator: " ").map(String.init)
    )

    /// The number of digits of national telephone numbers, without the prefix dialled before them (ITU-T, national
    /// numbering plans). Countries that are not listed have numbers of various lengths.
    private static let lengths: [String: ClosedRange<Int>] = [
        "AD": 6...6, "AR": 10...11, "BE": 8...9, "BO": 8...8, "BR": 10...11, "CH": 9...9, "CL": 9...9, "CO": 10...10,
        "CR": 8...8, "CU": 8...8, "CZ": 9...9, "DK": 8...8, "EC": 8...9, "ES": 9...9, "FR": 9...9, "GB": 9...10,
        "GQ": 9...9, "GR": 10...10, "GT": 8...8, "HN": 8...8, "HU": 8...9, "IN": 10...10, "MX": 10...10, "NI": 8...8,
        "NL": 9...9, "NO": 8...8, "PA": 7...8, "PE": 8...9, "PL": 9...9, "PT": 9...9, "RO": 9...9, "SV": 8...8,
        "TR": 10...10, "UY": 8...8, "VE": 10...10, "ZA": 9...9,
    ]

    /// The dialling code of every country of ISO 3166-1, with the area code for the small ones that share code 1.
    static let codes: [String: String] = {
        let table = """
            AD376 AE971 AF93 AG1268 AI1264 AL355 AM374 AO244 AQ672 AR54 AS1684 AT43 AU61 AW297 AX358 AZ994 BA387 BB1246 \
            BD880 BE32 BF226 BG359 BH973 BI257 BJ229 BL590 BM1441 BN673 BO591 BQ599 BR55 BS1242 BT975 BV47 BW267 BY375 \
            BZ501 CA1 CC61 CD243 CF236 CG242 CH41 CI225 CK682 CL56 CM237 CN86 CO57 CR506 CU53 CV238 CW599 CX61 CY357 CZ420 \
            DE49 DJ253 DK45 DM1767 DO1 DZ213 EC593 EE372 EG20 EH212 ER291 ES34 ET251 FI358 FJ679 FK500 FM691 FO298 FR33 \
            GA241 GB44 GD1473 GE995 GF594 GG44 GH233 GI350 GL299 GM220 GN224 GP590 GQ240 GR30 GS500 GT502 GU1671 GW245 \
            GY592 HK852 HM672 HN504 HR385 HT509 HU36 ID62 IE353 IL972 IM44 IN91 IO246 IQ964 IR98 IS354 IT39 JE44 JM1876 \
            JO962 JP81 KE254 KG996 KH855 KI686 KM269 KN1869 KP850 KR82 KW965 KY1345 KZ7 LA856 LB961 LC1758 LI423 LK94 \
            LR231 LS266 LT370 LU352 LV371 LY218 MA212 MC377 MD373 ME382 MF590 MG261 MH692 MK389 ML223 MM95 MN976 MO853 \
            MP1670 MQ596 MR222 MS1664 MT356 MU230 MV960 MW265 MX52 MY60 MZ258 NA264 NC687 NE227 NF672 NG234 NI505 NL31 \
            NO47 NP977 NR674 NU683 NZ64 OM968 PA507 PE51 PF689 PG675 PH63 PK92 PL48 PM508 PN64 PR1 PS970 PT351 PW680 \
            PY595 QA974 RE262 RO40 RS381 RU7 RW250 SA966 SB677 SC248 SD249 SE46 SG65 SH290 SI386 SJ47 SK421 SL232 SM378 \
            SN221 SO252 SR597 SS211 ST239 SV503 SX1721 SY963 SZ268 TC1649 TD235 TF262 TG228 TH66 TJ992 TK690 TL670 TM993 \
            TN216 TO676 TR90 TT1868 TV688 TW886 TZ255 UA380 UG256 UM1 US1 UY598 UZ998 VA39 VC1784 VE58 VG1284 VI1340 \
            VN84 VU678 WF681 WS685 YE967 YT262 ZA27 ZM260 ZW263
            """
        var codes: [String: String] = [:]
        for entry in table.split(separator: " ") { codes[String(entry.prefix(2))] = String(entry.dropFirst(2)) }
        return codes
    }()
}
