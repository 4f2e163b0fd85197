// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async (knex) => {
  await knex.schema.createTable('images', (table) => {
    table.comment('What was last known of each image that an entity declares');
    table.increments('id');
    table.string('instance', 63).notNullable();
    table.string('image_key', 600).notNullable();
    table.text('tracked').nullable().comment('What moved and when, as core remembers it');
    table.text('live').nullable().comment('The last word of DescribeImage');
    table.text('inventory').nullable().comment('The last row of the inventory');
    table.text('failure').nullable().comment('Why the last attempt failed');
    table.string('last_move_id', 64).nullable();
    table.bigInteger('refresh_interval_ms').nullable();
    table.bigInteger('next_refresh_at').notNullable().defaultTo(0).index();
    table.unique(['instance', 'image_key']);
  });
  await knex.schema.createTable('observations', (table) => {
    table.comment('Observations; equal ones in a row are one row with a count');
    table.increments('id');
    table.integer('image_id').notNullable().references('id').inTable('images').onDelete('CASCADE');
    table.string('source', 32).notNullable();
    table.string('digest', 71).notNullable();
    table.bigInteger('first_seen_at').notNullable();
    table.bigInteger('last_seen_at').notNullable();
    table.integer('observations').notNullable();
    table.string('request_id', 128).nullable();
    table.index(['image_id', 'source', 'last_seen_at']);
  });
  await knex.schema.createTable('moves', (table) => {
    table.comment('Moved tags, and who was told of them');
    table.string('id', 64).primary();
    table.integer('image_id').notNullable().references('id').inTable('images').onDelete('CASCADE');
    table.string('from_digest', 71).notNullable();
    table.string('to_digest', 71).notNullable();
    table.bigInteger('observed_at').notNullable().index();
    table.boolean('moved_back').notNullable();
    table.string('request_id', 128).nullable();
    table.bigInteger('announced_at').nullable().comment('Event and signal were published');
    table.bigInteger('notified_at').nullable().comment('The owners were notified');
    table.string('claimed_by', 36).nullable();
    table.bigInteger('claimed_until').nullable();
    table.index(['image_id', 'observed_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async (knex) => {
  await knex.schema.dropTable('moves');
  await knex.schema.dropTable('observations');
  await knex.schema.dropTable('images');
};
