/// Request bodies that the gateway of the same process has stored in a file.
@NullMarked
package tarn.platform.upload;

import org.jspecify.annotations.NullMarked;
