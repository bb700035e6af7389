/// Calls between services: HTTP, by contract, with the caller's own credential.
@NullMarked
package tarn.platform.service;

import org.jspecify.annotations.NullMarked;
