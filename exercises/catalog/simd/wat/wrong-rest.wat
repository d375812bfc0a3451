(module
  (import "lab" "allocate" (func $allocate (param $bytes i32) (param $alignment i32) (result i32)))
  (memory (export "memory") 1)

  ;; The sum of the differences of two rows' pixels, sixteen at a time; a row's last pixels are left out where they are fewer
  ;; than sixteen.
  (func $change (param $before i32) (param $after i32) (param $end i32) (result i32)
    (local $sum i32) (local $one v128) (local $other v128) (local $sums v128)
    (block $short
      (loop $sixteen
        (br_if $short (i32.gt_u (i32.add (local.get $before) (i32.const 16)) (local.get $end)))
        (local.set $one (v128.load (local.get $before)))
        (local.set $other (v128.load (local.get $after)))
        ;; Of the two differences that stop at 0, one is what the pixels differ by and the other is 0.
        (local.set $sums (i32x4.add
          (local.get $sums)
          (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (v128.or
            (i8x16.sub_sat_u (local.get $one) (local.get $other))
            (i8x16.sub_sat_u (local.get $other) (local.get $one)))))))
        (local.set $before (i32.add (local.get $before) (i32.const 16)))
        (local.set $after (i32.add (local.get $after) (i32.const 16)))
        (br $sixteen)))
    (local.set $sum (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sums)) (i32x4.extract_lane 1 (local.get $sums)))
      (i32.add (i32x4.extract_lane 2 (local.get $sums)) (i32x4.extract_lane 3 (local.get $sums)))))
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
