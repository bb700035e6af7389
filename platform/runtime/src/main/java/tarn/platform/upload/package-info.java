/// Bodies that the gateway of the same process has received into a file.
@NullMarked
package tarn.platform.upload;

import org.jspecify.annotations.NullMarked;
