(module
  (import "lab" "allocate" (func $allocate (param $bytes i32) (param $alignment i32) (result i32)))
  (memory (export "memory") 1)

  ;; The sum of the differences of two rows' pixels; the first row ends at $end.
  (func $change (param $before i32) (param $after i32) (param $end i32) (result i32)
    (local $sum i32) (local $difference i32)
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $before) (local.get $end)))
        (local.set $difference (i32.sub (i32.load8_u (local.get $before)) (i32.load8_u (local.get $after))))
        (if (i32.lt_s (local.get $difference) (i32.const 0))
          (then (local.set $difference (i32.sub (i32.const 0) (local.get $difference)))))
        (local.set $sum (i32.add (local.get $sum) (local.get $difference)))
        (local.set $before (i32.add (local.get $before) (i32.const 1)))
        (local.set $after (i32.add (local.get $after) (i32.const 1)))
        (br $next)))
    (local.get $sum))

  ;; How much each row has changed: the sum of the differences of its pixels.
  (func (export "row-changes")
    (param $width i32) (param $before i32) (param $before_length i32) (param $after i32) (param $after_length i32)
    (result i32)
    (local $result i32) (local $changes i32) (local $rows i32)
    (if (local.get $width)
      (then (local.set $rows (i32.div_u (local.get $before_length) (local.get $width)))))
    ;; The list of changes: its address, and how many there are.
    (local.set $changes (call $allocate (i32.shl (local.get $rows) (i32.const 2)) (i32.const 4)))
    (local.set $result (call $allocate (i32.const 8) (i32.const 4)))
    (i32.store (local.get $result) (local.get $changes))
    (i32.store offset=4 (local.get $result) (local.get $rows))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $rows)))
        (i32.store (local.get $changes) (call $change
          (local.get $before)
          (local.get $after)
          (i32.add (local.get $before) (local.get $width))))
        (local.set $changes (i32.add (local.get $changes) (i32.const 4)))
        (local.set $before (i32.add (local.get $before) (local.get $width)))
        (local.set $after (i32.add (local.get $after) (local.get $width)))
        (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
        (br $next)))
    (local.get $result)))
