import Testing

@testable import CRMKit

/// What becomes of the stocks and the keys of products that become one.
@Suite struct MergedProductTests {
    private let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    /// Merges products into the first.
    private func merge(_ others: [Int64], prefer: [String]) throws {
        try crm.write(TemporaryStore.request("crm product merge")) { transaction in
            let module = Registry.standard[.product]
            let preferences = try crm.store.mergePreferences(prefer, in: module)
            _ = try transaction.merge(module, keeping: 1, others, preferences)
        }
    }

    struct StockMerge: Sendable {
        /// The unit and the stock of each product, and what the merge prefers.
        let kept: KeyValuePairs<String, String>
        let other: KeyValuePairs<String, String>
        let preferring: [String]
        /// The unit and the stock of the merged one; `nil` if the merge is refused.
        let merged: (unit: String, stock: Int64)?
    }

    @Test(
        "A stock stays in its unit",
        arguments: [
            StockMerge(
                kept: ["name": "Cable", "unit": "kg", "stock": "5"],
                other: ["name": "Cable", "unit": "kg", "stock": "7"],
                preferring: [],
                merged: ("kg", 12)
            ),
            StockMerge(
                kept: ["name": "Cable", "unit": "each"],
                other: ["name": "Cable", "unit": "kg", "stock": "7"],
                preferring: [],
                merged: nil
            ),
            StockMerge(
                kept: ["name": "Cable", "unit": "each", "stock": "0"],
                other: ["name": "Cable", "unit": "kg", "stock": "7"],
                preferring: [],
                merged: nil
            ),
            StockMerge(
                kept: ["name": "Cable", "unit": "each", "stock": "5"],
                other: ["name": "Cable", "unit": "kg", "stock": "0"],
                preferring: [],
                merged: ("each", 5)
            ),
            StockMerge(
                kept: ["name": "Cable", "unit": "each"],
                other: ["name": "Cable", "unit": "kg", "stock": "7"],
                preferring: ["unit=2"],
                merged: ("kg", 7)
            ),
            StockMerge(
                kept: ["name": "Cable", "unit": "each", "stock": "5"],
                other: ["name": "Cable", "unit": "kg", "stock": "7"],
                preferring: ["stock=2"],
                merged: ("kg", 7)
            ),
            StockMerge(
                kept: ["name": "Cable"],
                other: ["name": "Cable", "unit": "kg", "stock": "7"],
                preferring: [],
                merged: ("kg", 7)
            ),
        ]
    )
    func units(merge example: StockMerge) throws {
        for product in [example.kept, example.other] { try crm.add(.product, product) }
        guard let merged = example.merged else {
            #expect(crmError { try merge([2], prefer: example.preferring) }?.code == .refused)
            return
        }
        try merge([2], prefer: example.preferring)
        #expect(try crm.value(.product, 1, "unit") == .text(merged.unit))
        #expect(try crm.value(.product, 1, "stock") == .integer(merged.stock * 1_000_000))
    }

    @Test("Every key finds the merged record, that which it gave up too", arguments: [[], ["newer"], ["code=3"]])
    func everyKey(prefer: [String]) throws {
        for number in 1...3 {
            try crm.add(
                .product,
                ["name": "Cable", "code": "SKU-\(number)", "external_id": "K-\(number)"]
            )
        }
        try merge([2, 3], prefer: prefer)
        for number in 1...3 {
            #expect(try crm.store.id(of: "code:SKU-\(number)", in: .product) == 1)
            #expect(try crm.store.id(of: "ext:K-\(number)", in: .product) == 1)
        }
    }
}
