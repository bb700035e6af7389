/// The operating system process: its memory, its parent, its background jobs.
@NullMarked
package tarn.platform.process;

import org.jspecify.annotations.NullMarked;
