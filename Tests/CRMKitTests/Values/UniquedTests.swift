import Testing

@testable import CRMKit

@Test(
    "Distinct elements stay in the order of their first occurrence, of few and of many",
    arguments: [
        ([], []), ([2], [2]), ([2, 1, 2, 3, 1], [2, 1, 3]), ([5, 5, 5, 5, 5, 5, 5, 5, 5], [5]),
        ([9, 8, 7, 6, 5, 4, 3, 2, 1, 9, 1, 0], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
    ] as [([Int], [Int])]
)
func uniqued(elements: [Int], distinct: [Int]) {
    #expect(elements.uniqued == distinct)
}
