(module
  (memory (export "memory") 1)

  ;; How many pairs of products use the voucher up to the last cent.
  (func (export "count-pairs") (param $prices i32) (param $prices_length i32) (param $voucher i32) (result i64)
    (local $pairs i64) (local $first i32) (local $second i32) (local $end i32)
    (local.set $first (local.get $prices))
    (local.set $end (i32.add (local.get $prices) (i32.shl (local.get $prices_length) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $first) (local.get $end)))
        (local.set $second (i32.add (local.get $first) (i32.const 4)))
        (block $compared
          (loop $compare
            (br_if $compared (i32.eq (local.get $second) (local.get $end)))
            (if (i64.eq
                (i64.add (i64.load32_u (local.get $first)) (i64.load32_u (local.get $second)))
                (i64.extend_i32_u (local.get $voucher)))
              (then (local.set $pairs (i64.add (local.get $pairs) (i64.const 1)))))
            (local.set $second (i32.add (local.get $second) (i32.const 4)))
            (br $compare)))
        (local.set $first (i32.add (local.get $first) (i32.const 4)))
        (br $next)))
    (local.get $pairs)))
