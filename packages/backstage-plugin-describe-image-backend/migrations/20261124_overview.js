// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async (knex) => {
  await knex.schema.createTable('declaring_entities', (table) => {
    table.comment('Copy of the entities that declare images, as the catalog returned them');
    table.increments('id');
    table.string('entity_ref', 255).notNullable().unique();
    table.text('title').notNullable();
    table.string('owner_ref', 255).nullable();
    table.text('owner_name').nullable();
    table.string('system_ref', 255).nullable();
    table.text('system_name').nullable();
    table.string('fingerprint', 64).notNullable().comment('Hash of everything that is copied');
  });
  await knex.schema.createTable('declared_images', (table) => {
    table.comment('The images of the entities, each with its state');
    table.increments('id');
    table
      .integer('entity_id')
      .notNullable()
      .references('id')
      .inTable('declaring_entities')
      .onDelete('CASCADE');
    table.integer('position').notNullable();
    table.string('instance', 63).nullable().comment('Null when the instance is not configured');
    table.string('image_key', 600).notNullable();
    table.text('declaration').notNullable().comment('JSON of the parsed annotation');
    table.text('repository').notNullable();
    table.text('search_text').notNullable();
    table.text('digests').notNullable();
    table.string('state', 32).notNullable();
    table.bigInteger('clean_until').nullable().comment('When the state clean becomes not-verified');
    table.unique(['entity_id', 'position']);
    table.index(['instance', 'image_key']);
  });
  await knex.schema.createTable('annotation_faults', (table) => {
    table.comment('Invalid items of annotations');
    table.increments('id');
    table
      .integer('entity_id')
      .notNullable()
      .references('id')
      .inTable('declaring_entities')
      .onDelete('CASCADE');
    table.integer('position').notNullable();
    table.text('fault').notNullable().comment('JSON of AnnotationFault');
    table.text('search_text').notNullable();
    table.unique(['entity_id', 'position']);
  });
  await knex.schema.createTable('entity_reads', (table) => {
    table.comment('One row: when the entities were last read from the catalog');
    table.integer('id').primary();
    table.bigInteger('read_at').notNullable();
    table.bigInteger('claimed_until').notNullable();
  });
  await knex('entity_reads').insert({ id: 1, read_at: 0, claimed_until: 0 });
};

/** @param {import('knex').Knex} knex */
exports.down = async (knex) => {
  await knex.schema.dropTable('entity_reads');
  await knex.schema.dropTable('annotation_faults');
  await knex.schema.dropTable('declared_images');
  await knex.schema.dropTable('declaring_entities');
};
