// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async (knex) => {
  await knex.schema.createTable('running_containers', (table) => {
    table.comment('What runs in Kubernetes for each entity, at the last read of its clusters');
    table.string('entity_ref', 255).primary();
    table.text('containers').notNullable().comment('JSON of RunningContainers');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async (knex) => {
  await knex.schema.dropTable('running_containers');
};
