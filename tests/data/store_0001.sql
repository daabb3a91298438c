BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE annotation (
	"key" INTEGER NOT NULL, 
	unit INTEGER NOT NULL, 
	category TEXT NOT NULL, 
	severity VARCHAR(16) NOT NULL, 
	author TEXT NOT NULL, 
	span_start INTEGER, 
	span_end INTEGER, 
	comment TEXT NOT NULL, 
	CONSTRAINT pk_annotation PRIMARY KEY ("key"), 
	CONSTRAINT fk_annotation_unit FOREIGN KEY(unit) REFERENCES unit ("key")
);
CREATE TABLE counter (
	name VARCHAR(32) NOT NULL, 
	value BIGINT NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (name)
);
INSERT INTO "counter" VALUES('change',4);
CREATE TABLE document (
	"key" INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	format TEXT NOT NULL, 
	source_lang TEXT NOT NULL, 
	target_lang TEXT NOT NULL, 
	skeleton BLOB NOT NULL, 
	source_digest TEXT NOT NULL, 
	draft_digest TEXT NOT NULL, 
	imported_at TEXT NOT NULL, 
	last_number INTEGER NOT NULL, 
	order_version INTEGER NOT NULL, 
	rank_epoch INTEGER NOT NULL, 
	CONSTRAINT pk_document PRIMARY KEY ("key"), 
	CONSTRAINT uq_document_id UNIQUE (id)
);
INSERT INTO "document" VALUES(1,'talk','txt','en','zh',X'','s','d','2026-02-03T09:30:00+00:00',2,1,1);
CREATE TABLE journal (
	"key" INTEGER NOT NULL, 
	document INTEGER NOT NULL, 
	author TEXT NOT NULL, 
	name TEXT NOT NULL, 
	at TEXT NOT NULL, 
	status VARCHAR(8) NOT NULL, 
	changes TEXT NOT NULL, 
	CONSTRAINT pk_journal PRIMARY KEY ("key"), 
	CONSTRAINT fk_journal_document FOREIGN KEY(document) REFERENCES document ("key")
);
INSERT INTO "journal" VALUES(1,1,'ann','confirm','2026-02-03T09:30:00+00:00','done','[{"unit":1,"before":{"state":"initial","target":"上午好。","changed_at":null,"changed_by":""},"after":{"state":"reviewed","target":"早上好。","changed_at":"2026-02-03T09:30:00+00:00","changed_by":"ann"}}]');
INSERT INTO "journal" VALUES(2,1,'ann','edit','2026-02-03T09:30:00+00:00','undone','[{"unit":2,"before":{"target":"谢谢大家。","changed_at":null,"changed_by":""},"after":{"target":"多谢各位。","changed_at":"2026-02-03T09:30:00+00:00","changed_by":"ann"}}]');
CREATE TABLE place (
	document INTEGER NOT NULL, 
	author TEXT NOT NULL, 
	unit INTEGER NOT NULL, 
	filter TEXT NOT NULL, 
	CONSTRAINT pk_place PRIMARY KEY (document, author), 
	CONSTRAINT fk_place_document FOREIGN KEY(document) REFERENCES document ("key"), 
	CONSTRAINT fk_place_unit FOREIGN KEY(unit) REFERENCES unit ("key")
);
INSERT INTO "place" VALUES(1,'ann',2,'open');
CREATE TABLE post_edit (
	"key" INTEGER NOT NULL, 
	unit INTEGER NOT NULL, 
	entry INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	author TEXT NOT NULL, 
	saved_at TEXT NOT NULL, 
	seconds FLOAT NOT NULL, 
	keystrokes INTEGER NOT NULL, 
	undone SMALLINT NOT NULL, 
	CONSTRAINT pk_post_edit PRIMARY KEY ("key"), 
	CONSTRAINT fk_post_edit_unit FOREIGN KEY(unit) REFERENCES unit ("key"), 
	CONSTRAINT fk_post_edit_entry FOREIGN KEY(entry) REFERENCES journal ("key")
);
INSERT INTO "post_edit" VALUES(1,1,1,'早上好。','ann','2026-02-03T09:30:00+00:00',4.5,9,0);
INSERT INTO "post_edit" VALUES(2,2,2,'多谢各位。','ann','2026-02-03T09:30:00+00:00',2.0,5,1);
CREATE TABLE unit (
	"key" INTEGER NOT NULL, 
	document INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	rank BIGINT NOT NULL, 
	removed SMALLINT NOT NULL, 
	part_of INTEGER, 
	version INTEGER NOT NULL, 
	change BIGINT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	bead_score FLOAT NOT NULL, 
	source TEXT NOT NULL, 
	target TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	drafts TEXT NOT NULL, 
	source_segments TEXT NOT NULL, 
	draft_segments TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	extra TEXT NOT NULL, 
	changed_at TEXT, 
	changed_by TEXT NOT NULL, 
	CONSTRAINT pk_unit PRIMARY KEY ("key"), 
	CONSTRAINT uq_unit_id_document UNIQUE (id, document), 
	CONSTRAINT fk_unit_document FOREIGN KEY(document) REFERENCES document ("key"), 
	CONSTRAINT fk_unit_part_of FOREIGN KEY(part_of) REFERENCES unit ("key")
);
INSERT INTO "unit" VALUES(1,1,'talk:1',68719476736,0,NULL,1,2,'reviewed',1.0,'Good morning.','早上好。','[]','[["d","上午好。","argos",null,null]]','["Good morning."]','["上午好。"]','','[]','2026-02-03T09:30:00+00:00','ann');
INSERT INTO "unit" VALUES(2,1,'talk:2',137438953472,0,NULL,2,4,'initial',1.0,'Thank you all.','谢谢大家。','[]','[["d","谢谢大家。","argos",null,null]]','["Thank you all."]','["谢谢大家。"]','','[]',NULL,'');
CREATE TABLE waiver (
	"key" INTEGER NOT NULL, 
	unit INTEGER NOT NULL, 
	fingerprint TEXT NOT NULL, 
	author TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_waiver PRIMARY KEY ("key"), 
	CONSTRAINT uq_waiver_unit_fingerprint UNIQUE (unit, fingerprint), 
	CONSTRAINT fk_waiver_unit FOREIGN KEY(unit) REFERENCES unit ("key")
);
CREATE INDEX ix_unit_document_removed_rank ON unit (document, removed, rank);
CREATE INDEX ix_unit_document_change ON unit (document, change);
CREATE INDEX ix_unit_document_removed_state_rank ON unit (document, removed, state, rank);
CREATE INDEX ix_unit_part_of ON unit (part_of);
CREATE INDEX ix_journal_document_author_status_key ON journal (document, author, status, "key");
CREATE INDEX ix_post_edit_unit ON post_edit (unit);
CREATE INDEX ix_post_edit_entry ON post_edit (entry);
CREATE INDEX ix_annotation_unit ON annotation (unit);
COMMIT;
