// Calls the worker under Node. The condition `workerd` selects the build for edge workers.
import worker from './worker.mjs';

const references = ['acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2', 'shop/checkout:0.0.0'];
for (const reference of references) {
  const request = new Request(`https://worker.example/?image=${encodeURIComponent(reference)}`);
  const response = await worker.fetch(request, process.env);
  console.log(response.status, await response.text());
}
