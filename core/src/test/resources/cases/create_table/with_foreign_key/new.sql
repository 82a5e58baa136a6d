INSERT INTO orders (id, product_id, "Quantity") VALUES ({n}, 1 + {n} % 40, {n});
SELECT * FROM orders WHERE id = {n};
UPDATE orders SET product_id = 1 + ({n} + 1) % 40 WHERE id = {n};
DELETE FROM orders WHERE id = {n};
