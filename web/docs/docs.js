// The validator badge would ask a foreign host: a self-hosted page stays at home.
window.SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
  tryItOutEnabled: true,
  withCredentials: true,
})
