(module
  (memory (export "memory") 1)

  ;; How many pairs of products use the voucher up to the last cent. Leaves out what is too dear for any pair, and compares all
  ;; that remain with each other.
  (func (export "count-pairs") (param $prices i32) (param $prices_length i32) (param $voucher i32) (result i64)
    (local $pairs i64) (local $first i32) (local $second i32) (local $end i32)
    ;; What is affordable moves to the beginning of the list.
    (local.set $first (local.get $prices))
    (local.set $end (local.get $prices))
    (block $filtered
      (loop $filter
        (br_if $filtered (i32.eqz (local.get $prices_length)))
        (if (i32.le_u (i32.load (local.get $first)) (local.get $voucher))
          (then
            (i32.store (local.get $end) (i32.load (local.get $first)))
            (local.set $end (i32.add (local.get $end) (i32.const 4)))))
        (local.set $first (i32.add (local.get $first) (i32.const 4)))
        (local.set $prices_length (i32.sub (local.get $prices_length) (i32.const 1)))
        (br $filter)))
    (local.set $first (local.get $prices))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $first) (local.get $end)))
        (local.set $second (i32.add (local.get $first) (i32.const 4)))
        (block $compared
          (loop $compare
            (br_if $compared (i32.eq (local.get $second) (local.get $end)))
            (if (i32.eq
                (i32.add (i32.load (local.get $first)) (i32.load (local.get $second)))
                (local.get $voucher))
              (then (local.set $pairs (i64.add (local.get $pairs) (i64.const 1)))))
            (local.set $second (i32.add (local.get $second) (i32.const 4)))
            (br $compare)))
        (local.set $first (i32.add (local.get $first) (i32.const 4)))
        (br $next)))
    (local.get $pairs)))
