/// How one service calls another: always over HTTP, by contract, with its own credential.
@NullMarked
package tarn.platform.service;

import org.jspecify.annotations.NullMarked;
