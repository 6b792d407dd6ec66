import Foundation
import SQLite
import Testing

@testable import CRMKit

@Suite struct SettingsTests {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    private func set(_ key: Settings.Key, _ text: String?) throws -> Bool {
        try crm.store.set(key, to: text, TemporaryStore.request("crm config set \(key.name)"))
    }

    @Test("until set there is a default currency and no country") func untilSetThereIsADefaultCurrencyAndNoCountry()
        throws
    {
        let settings = try crm.store.readSettings()
        #expect(settings.currency == "USD")
        #expect(settings.country == nil)
        #expect(settings.stored.isEmpty)
    }

    @Test("the currency is that of records that name none") func theCurrencyIsThatOfRecordsThatNameNone() throws {
        #expect(try set(.currency, "mxn"))
        #expect(try !set(.currency, "MXN"))
        try crm.add(.asset, ["name": "Laptop", "serial": "X1", "value": "5"])
        #expect(try crm.value(.asset, 1, "currency") == .text("MXN"))
        #expect(try set(.currency, nil))
        #expect(try crm.store.readSettings().currency == "USD")
        #expect(try TemporaryStore.open(crm.store.path, .reading).readSettings().stored.isEmpty)
    }

    @Test(
        "what is none is refused",
        arguments: [(Settings.Key.currency, "pesos"), (.currency, "XXX"), (.country, "Aztlán"), (.country, "ZZ")]
    )
    func whatIsNoneIsRefused(key: Settings.Key, text: String) throws {
        let error = crmError { _ = try set(key, text) }
        #expect(error?.code == .invalid)
        #expect(error?.problems.map(\.field) == [key.name])
        #expect(try crm.store.history().isEmpty)
    }

    @Test("another country gives all phones their keys anew") func anotherCountryGivesAllPhonesTheirKeysAnew() throws {
        try crm.add(.contact, ["last_name": "Ruiz", "phone": "55 1234 5678", "mobile": "+1 202 555 0100"])
        try crm.add(.organization, ["name": "Acme", "phone": "(55) 8765-4321"])
        #expect(try set(.country, "MX"))
        #expect(try crm.store.id(of: "phone:+525512345678", in: .contact) == 1)
        #expect(try crm.store.database.scalar("SELECT phone_match FROM organization") == .text("525587654321"))
        #expect(try crm.store.check().isEmpty)
        #expect(try crm.newest.changesSettings)
        let detail = try crm.store.changeSet(3, limit: 5)
        guard case .settings = detail.entries[0].subject, case .updated(let changes) = detail.entries[0].event else {
            return #expect(Bool(false), "\(detail)")
        }
        #expect(changes.map(\.after) == [.text("MX")])
    }

    @Test("a setting set again is a conflict") func aSettingSetAgainIsAConflict() throws {
        #expect(try set(.currency, "MXN"))
        #expect(try set(.currency, "EUR"))
        #expect(
            crmError { try crm.undo(1) }?.details.map(\.en) == [
                "the settings: currency was set again by change set 2"
            ]
        )
    }
}
