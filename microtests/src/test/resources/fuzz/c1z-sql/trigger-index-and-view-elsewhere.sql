CREATE TABLE v1_sync_runs (id integer primary key, sync_id text not null, started_at datetime not null, ended_at datetime, sync_type text not null default 'full')
CREATE TABLE v1_grants (id integer primary key, resource_type_id text, resource_id text, entitlement_id text, principal_resource_type_id text, principal_resource_id text, external_id text, expansion blob, needs_expansion integer, data blob, sync_id text, discovered_at datetime)
INSERT INTO v1_sync_runs VALUES (1, 's', '2025-12-17 16:31:25.057185', '2025-12-17 16:33:36.381422', 'full')
INSERT INTO v1_grants VALUES (1, 'group', 'g1', 'e1', 'user', 'u', 'g', NULL, 0, x'', 's', '2025-12-17 16:31:26.000001')
CREATE INDEX by_expression ON v1_grants (upper(external_id))
CREATE TRIGGER t AFTER INSERT ON v1_grants BEGIN DELETE FROM v1_grants; END
CREATE VIEW elsewhere AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n
