// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async (knex) => {
  await knex.schema.createTable('images', (table) => {
    table.comment('The last known state of each declared image');
    table.increments('id');
    table.string('instance', 63).notNullable();
    table.string('image_key', 600).notNullable();
    table.text('tracked_tag').nullable().comment('JSON of TrackedTag in @describe-image/core');
    table.text('live_observation').nullable().comment('The last observation by DescribeImage');
    table
      .text('inventory_observation')
      .nullable()
      .comment('The last observation by the inventory, with its row');
    table.text('live_failure').nullable().comment('Why the last call of DescribeImage failed');
    table
      .text('inventory_failure')
      .nullable()
      .comment('Why the inventory could not be read, or lacks the image');
    table.text('live_ids').nullable().comment('JSON of the ids for DescribeImage, when it accepts them');
    table.bigInteger('live_checked_at').nullable().comment('When DescribeImage last answered');
    table.bigInteger('live_check_not_before').notNullable().defaultTo(0);
    table
      .float('live_check_weight')
      .notNullable()
      .defaultTo(1)
      .comment('Higher for worse and more watched images');
    table.bigInteger('declared_at').nullable().comment('When the image was first found in the catalog');
    table
      .bigInteger('unverified_since')
      .nullable()
      .comment('The last live check, or declared_at, of which owners were notified that it is too old');
    table.text('watched_scan').nullable().comment('JSON of WatchState in @describe-image/core');
    table.string('last_move_id', 64).nullable();
    table.bigInteger('refresh_interval_ms').nullable();
    table.bigInteger('next_refresh_at').notNullable().defaultTo(0).index();
    table.unique(['instance', 'image_key']);
  });
  await knex.schema.createTable('live_check_budgets', (table) => {
    table.comment('When the next live check of each instance may start');
    table.string('instance', 63).primary();
    table.bigInteger('next_slot_at').notNullable();
  });
  await knex.schema.createTable('listings', (table) => {
    table.comment('Lists of the inventory that are in progress');
    table.string('instance', 63).primary();
    table.text('image_keys').notNullable().comment('JSON list of the images whose rows are kept');
    table.bigInteger('continued_at').notNullable();
  });
  await knex.schema.createTable('listing_pages', (table) => {
    table.comment('The pages that those lists have read');
    table.string('instance', 63).notNullable();
    table.integer('page').notNullable();
    table.text('content').notNullable();
    table.primary(['instance', 'page']);
  });
  await knex.schema.createTable('periods', (table) => {
    table.comment('Consecutive observations of one source with the same digest');
    table.increments('id');
    table.integer('image_id').notNullable().references('id').inTable('images').onDelete('CASCADE');
    table.string('source', 32).notNullable();
    table.string('digest', 71).notNullable();
    table.bigInteger('first_seen_at').notNullable();
    table.bigInteger('last_seen_at').notNullable();
    table.integer('observation_count').notNullable();
    table.string('request_id', 128).nullable();
    table.index(['image_id', 'source', 'last_seen_at']);
  });
  await knex.schema.createTable('moves', (table) => {
    table.comment('Moved tags');
    table.string('id', 64).primary();
    table.integer('image_id').notNullable().references('id').inTable('images').onDelete('CASCADE');
    table.string('from_digest', 71).notNullable();
    table.string('to_digest', 71).notNullable();
    table.bigInteger('observed_at').notNullable().index();
    table.boolean('moved_back').notNullable();
    table.string('request_id', 128).nullable();
    table.index(['image_id', 'observed_at']);
  });
  await knex.schema.createTable('deliveries', (table) => {
    table.comment('Events that are to be announced or notified; deleted after success');
    table.increments('id');
    table.string('queue', 16).notNullable();
    table.string('event_id', 64).notNullable();
    table.text('event').notNullable().comment('JSON of ImageEvent');
    table.bigInteger('created_at').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('next_attempt_at').notNullable().defaultTo(0);
    table.string('claimed_by', 36).nullable();
    table.bigInteger('claimed_until').nullable();
    table.bigInteger('dead_at').nullable().comment('When the attempts were given up');
    table.text('last_error').nullable();
    table.text('channels').nullable().comment('JSON list of the channels and owners that received it');
    table.unique(['queue', 'event_id']);
    table.index(['queue', 'next_attempt_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async (knex) => {
  await knex.schema.dropTable('deliveries');
  await knex.schema.dropTable('moves');
  await knex.schema.dropTable('periods');
  await knex.schema.dropTable('listing_pages');
  await knex.schema.dropTable('listings');
  await knex.schema.dropTable('live_check_budgets');
  await knex.schema.dropTable('images');
};
