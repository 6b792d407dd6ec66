import Testing

@testable import CRMKit

@Suite("Lists")
struct StoredListTests {
    @Test(
        "A list keeps its order and takes nothing twice",
        arguments: [
            ("vip,norte", #"["vip","norte"]"#, "vip,norte"), (" a , b ", #"["a","b"]"#, "a,b"),
            ("vip,VIP,víp", #"["vip"]"#, "vip"), (#"say "hi",c:\x"#, #"["say \"hi\"","c:\\x"]"#, #"say "hi",c:\x"#),
        ]
    )
    func lists(text: String, stored: String, machine: String) throws {
        let type = FieldType.list(.text)
        #expect(try type.parse(text, in: fixedContext()) == .text(stored))
        #expect(type.text(of: .text(stored), currency: nil) == machine)
    }

    @Test("A list has no empty elements", arguments: ["a,,b", ",", "a,", "a, ,b", "a\nb"])
    func emptyElements(text: String) throws {
        let context = try fixedContext()
        #expect(throws: ValueError.self) { try FieldType.list(.text).parse(text, in: context) }
    }

    @Test(
        "A cell gives back every list that it was made of, whatever its elements begin with",
        arguments: [
            [#""x""#], [#""a"#, #"b""#], [#""""#, "#x", #"text="z""#], ["^a", "b^"], ["[1]"], ["{a}", "b"], ["['a']"],
            ["* a", "b"], ["a;b", "c"], ["a|b"], [":::"],
        ]
    )
    func cells(elements: [String]) throws {
        var list = StoredList(.null, of: .text)
        try list.add(elements)
        let type = FieldType.list(.text)
        let cell = type.text(of: list.stored, currency: nil)
        let read = try CellRules().canonical(cell, for: type, isOwn: true)
        #expect(try type.parse(read, in: fixedContext()) == list.stored, "\(cell)")
    }

    @Test(
        "A comma between two digits is no separator of taxes, and a decimal mark only where a table has such",
        arguments: ["surcharge:5,2", "RE 5,2", "IRPF 1,25", "16,5%", "excise:8,16"]
    )
    func decimalCommas(taxes: String) throws {
        let type = FieldType.list(.tax)
        let context = try fixedContext()
        #expect(throws: ValueError.self) { try type.parse(taxes, in: context) }
        let read = try CellRules(decimal: .comma).canonical(taxes, for: type)
        #expect(StoredList(try type.parse(read, in: context), of: .tax).taxes.count == 1, "\(read)")
        #expect(throws: Never.self) { try type.parse("excise:8, 16", in: context) }
    }

    @Test(
        "Of several taxes that something else than commas parts it is told how to write them",
        arguments: [
            "iva 16;isr 10", "iva 16 + isr 10", "iva 16+isr 10", "iva 16 y isr 10", "iva 16 isr 10", "iva 16/isr 10",
        ]
    )
    func severalTaxes(text: String) throws {
        let context = try fixedContext()
        let told = #expect(throws: ValueError.self) { try FieldType.list(.tax).parse(text, in: context) }
        #expect(told?.reason.en == "several taxes have commas between them: write iva 16,isr 10")
        var list = StoredList(.null, of: .tax)
        try list.add(["iva 16,isr 10"])
        #expect(list.taxes.map(\.text) == ["vat:16", "withheld_income:10"])
    }

    @Test(
        "What it is told to write for taxes with decimal commas is what was meant",
        arguments: [
            ("IVA 10,5 %;IRPF -15 %", "several taxes have commas between them: write IVA 10.5 %,IRPF -15 %"),
            ("IVA 21 %; RE 5,2 %", "several taxes have commas between them: write IVA 21 %,RE 5.2 %"),
            ("iva 10,5 irpf 1,25", "several taxes have commas between them: write iva 10.5,irpf 1.25"),
            (
                "IVA 16 %, IVA retenido 10,6667 %",
                "'IVA retenido 10,6667 %' has a decimal comma: write IVA retenido 10.6667 %"
            ),
            ("irpf 1,25", "'irpf 1,25' is one rate or two taxes: write irpf 1.25, or a second tax as vat:25"),
            ("iva 21,irpf 1,25", "'irpf 1,25' is one rate or two taxes: write irpf 1.25, or a second tax as excise:25"),
            ("IVA 10,5", "'IVA 10,5' is one rate or two taxes: write IVA 10.5, or a second tax as excise:5"),
        ]
    )
    func adviceForDecimalCommas(text: String, reason: String) throws {
        let context = try fixedContext()
        let told = #expect(throws: ValueError.self) { try FieldType.list(.tax).parse(text, in: context) }
        #expect(told?.reason.en == reason)
    }

    @Test(
        "Behind the name of a tax what is no rate is told",
        arguments: [
            ("iva dieciséis", "\"dieciséis\" is no rate: write it in digits, as in vat:16"),
            ("vat:dieciséis", "\"dieciséis\" is no rate: write it in digits, as in vat:16"),
            ("isr retenido diez", "\"diez\" is no rate: write it in digits, as in withheld_income:16"),
            ("IVA al 16", "\"al\" does not belong there: write vat:16"),
        ]
    )
    func ratesInWords(text: String, reason: String) throws {
        let context = try fixedContext()
        let told = #expect(throws: ValueError.self) { try FieldType.list(.tax).parse(text, in: context) }
        #expect(told?.reason.en == reason)
    }

    @Test(
        "What is withheld is known by the words of invoices, and never taken for what is charged",
        arguments: [
            ("IVA Ret. 10.6667%", "withheld_vat:10.6667"), ("Ret. IVA 4%", "withheld_vat:4"),
            ("ISR ret 10%", "withheld_income:10"), ("Ret. ISR 1.25%", "withheld_income:1.25"),
            ("Retención IRPF 15%", "withheld_income:15"), ("R.E. 5.2%", "surcharge:5.2"),
            ("IVA por retener 4%", "not a choice"),
        ]
    )
    func withheldTaxes(text: String, meaning: String) {
        do throws(ValueError) {
            let tax = try Tax(parsing: text)
            #expect(tax.text == meaning)
        } catch {
            #expect(error.reason.en.hasPrefix(meaning), "\(error.reason.en)")
        }
    }

    @Test(
        "What is no list of taxes is refused as it stands",
        arguments: ["iva 16;iva 8", "iva 16;foo", "iba 16", "16;10", "iva 16 foo"]
    )
    func noTaxes(text: String) throws {
        let context = try fixedContext()
        let told = #expect(throws: ValueError.self) { try FieldType.list(.tax).parse(text, in: context) }
        #expect(told?.reason.en.contains("have commas") == false)
    }

    @Test("A list of durations is stored in seconds")
    func durationLists() throws {
        let type = FieldType.list(.duration)
        #expect(try type.parse("15m,PT1H,900s", in: fixedContext()) == .text("[900,3600]"))
        #expect(type.elements(of: .text("[900,3600]")) == ["PT15M", "PT1H"])
        #expect(StoredList(.text("[900,93600]"), of: .duration).labels(in: .english) == ["15m", "1d2h"])
        let dates = StoredList(.text("[\"2026-12-15T10:00:00\",\"2026-12-16\"]"), of: .occurrence)
        #expect(dates.labels(in: .english) == ["2026-12-15 10:00", "2026-12-16"])
    }

    @Test(
        "What another program wrote and is no element stays, and is told",
        arguments: [
            (FieldType.ListElement.tax, #"["vat:16","nonsense"]"#, ["vat:16", "nonsense"]),
            (.duration, #"["soon",900]"#, ["soon", "PT15M"]),
            (.occurrence, #"["2026-12-16","once"]"#, ["2026-12-16", "once"]),
            (.rowQuantity, #"["1=2","many"]"#, ["1=2", "many"]),
        ]
    )
    func unreadable(kind: FieldType.ListElement, stored: String, elements: [String]) throws {
        var list = StoredList(.text(stored), of: kind)
        #expect(list.elements == elements)
        #expect(list.unreadable.count == 1)
        try list.remove([])
        #expect(list.stored == .text(stored))
    }

    @Test("No document is totalled without a tax that cannot be read")
    func unreadableTaxes() {
        var totals = DocumentTotals()
        totals.add(100, quantity: 1_000_000, taxes: .text(#"["vat:16","nonsense"]"#))
        #expect(throws: ValueError.self) { try totals.amounts(DocumentTotals.Terms()) }
        let shipping = DocumentTotals.Terms(shipping: 1, shippingTaxes: .text(#"["nonsense"]"#))
        #expect(throws: ValueError.self) { try DocumentTotals().amounts(shipping) }
    }

    @Test("Rows have one quantity each, written in one way")
    func rowQuantities() throws {
        let type = FieldType.list(.rowQuantity)
        #expect(try type.parse("2=1.50, 1 = 3", in: fixedContext()) == .text(#"["2=1.5","1=3"]"#))
        #expect(throws: ValueError.self) { try type.parse("1=2,1=2", in: fixedContext()) }
        var list = StoredList(.null, of: .rowQuantity)
        try list.add(["1=2"])
        #expect(throws: ElementFault.self) { try list.add(["1=2.0"]) }
    }

    @Test("Elements are added and removed whatever their case; both may be so already")
    func changesLists() throws {
        var list = StoredList(.text(#"["vip","norte"]"#), of: .text)
        try list.add(["VIP", "sur", "Sur"])
        try list.remove(["Norté", "unknown"])
        #expect(list.stored == .text(#"["vip","sur"]"#))
        #expect(throws: ElementFault.self) { try list.add(["a,b"]) }
        #expect(throws: ElementFault.self) { try list.add([" "]) }
        try list.remove(["vip", "sur"])
        #expect(list.stored == .null)
    }

    @Test(
        "A stored list is read as JSON, whoever wrote it",
        arguments: [
            (#" [ "a" , "\u00e9\ud83d\ude42\n" ] "#, ["a", "é🙂\n"]), ("[]", []), ("", []), ("[", []), (#"["a",]"#, []),
            (#"["a"] x"#, []), (#"["\ud83d"]"#, []), (#"[["a"]]"#, []), (#"["a"#, []), (#"["\q"]"#, []),
        ]
    )
    func readsJSON(stored: String, elements: [String]) {
        let list = StoredList(.text(stored), of: .text)
        #expect(list.elements == elements)
        #expect(StoredList(list.stored, of: .text) == list)
    }
}
